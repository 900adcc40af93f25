package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.List;
import java.util.Optional;

/** Runs the recorded steps of one model, ahead of the host or together with those of others. */
final class Decoding implements AutoCloseable {

    private final Stream stream;
    private final Launches launches;
    private final StepData data;
    private final Draws draws;
    private final Ahead ahead;
    private final Event order;
    private Optional<Ahead.Run> current = Optional.empty();
    private List<DrawRule> rules = List.of(); // of the step that was submitted last
    private boolean holds;
    private boolean held;
    private boolean started;

    /**
     * @param rows of a step at most
     */
    Decoding(Stream stream, Launches launches, StepData data, int rows) {
        this.stream = stream;
        this.launches = launches;
        this.data = data;
        this.draws = new Draws(stream, launches, rows);
        this.ahead = new Ahead(stream, rows);
        this.order = Event.create(stream.context());
    }

    /** What becomes of the row that a program ends with. */
    ProgramStep.Choice choice() {
        return new ProgramStep.Choice(ahead.chosenAt(), data.tokens(), data.positions());
    }

    /**
     * Begins a step.
     *
     * @return whether it has been submitted already
     */
    boolean begin(Step next, CudaKvStore store) {
        current = Optional.empty();
        holds = false;
        held = false;
        started = false;
        boolean underWay = ahead.begin(next, store);
        if (underWay) {
            data.follow(next);
        }
        return underWay;
    }

    /**
     * Whether the step under way was submitted already, but as other work than it is asked for now.
     *
     * @param recordable whether it may be recorded
     */
    boolean mustRunAnew(Records.Key key, boolean recordable) {
        boolean anew = ahead.isTaken() && !(recordable && ahead.taken(key).isPresent());
        if (anew) {
            ahead.giveUp();
        }
        return anew;
    }

    /** Runs a step, unless it was submitted already or is held. */
    void run(Ahead.Run run) {
        current = Optional.of(run);
        if (!ahead.isTaken()) {
            held = holds && run.record().work() instanceof Program;
            if (!held) {
                run.record().work().run(stream);
            }
        }
        holds = false;
    }

    /** Lets the next run wait for {@link #start}, if it is a program. */
    void hold() {
        holds = true;
    }

    /**
     * Starts what is held, as one where it matches, and what follows it.
     *
     * @param choices that each is asked for
     */
    static void start(List<Decoding> all, List<List<Choice>> choices, Convoys convoys) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).program().isPresent()) {
                all.get(i).held |= all.get(i).mustChooseAnew(choices.get(i));
            }
        }
        List<Decoding> together = all.stream().filter(one -> one.program().isPresent()).toList();
        List<Decoding> held = together.stream().filter(one -> one.held).toList();
        submit(held, convoys);
        held.forEach(one -> one.choose(one.current.orElseThrow()));
        together.forEach(one -> {
            one.started = true;
            one.ahead.mark(one.stream);
        });
        if (together.stream().allMatch(Decoding::shouldGoOn)) {
            submit(together, convoys);
            together.forEach(one -> {
                one.choose(one.current.orElseThrow());
                one.ahead.submitted();
            });
        }
    }

    /**
     * Takes note of what the step under way is asked for. Where it was submitted already for other
     * choices, it has to run once more.
     */
    private boolean mustChooseAnew(List<Choice> choices) {
        Step step = current.orElseThrow().step();
        List<DrawRule> wanted = DrawRule.of(choices, step);
        boolean anew = ahead.isTaken() && !wanted.equals(rules);
        rules = wanted;
        if (anew) {
            ahead.giveUp();
            stream.synchronize();
            data.send(step);
        }
        return anew;
    }

    private static void submit(List<Decoding> all, Convoys convoys) {
        List<Program> programs = all.stream().map(one -> one.program().orElseThrow()).toList();
        if (all.size() > 1 && Convoys.match(programs)) {
            List<Stream> streams = all.stream().map(one -> one.stream).toList();
            convoys.run(programs, streams, all.stream().map(one -> one.order).toList());
        } else {
            all.forEach(one -> one.program().orElseThrow().run(one.stream));
        }
    }

    /** What runs now, where that is a program that chooses. */
    private Optional<Program> program() {
        return current.map(run -> run.record().work())
                .filter(Recorded::chooses)
                .map(Program.class::cast);
    }

    private boolean shouldGoOn() {
        return ahead.shouldGoOn(current.orElseThrow()) && data.nextShares() == data.shares();
    }

    /** What draws the tokens of its steps. */
    Draws draws() {
        return draws;
    }

    /** Whether rows are what the step under way ends with, a row for each sequence. */
    boolean chooses(Rows rows) {
        return current.isPresent()
                && current.get().record().result().equals(rows)
                && rows.count() == current.get().step().rows();
    }

    /** A token of each row. */
    Chosen choices(List<Choice> choices) {
        Ahead.Run run = current.orElseThrow();
        if (!started) {
            if (mustChooseAnew(choices)) {
                run.record().work().run(stream);
            }
            if (!ahead.isTaken()) {
                choose(run);
            }
            ahead.mark(stream);
            if (shouldGoOn()) {
                run.record().work().run(stream);
                choose(run);
                ahead.submitted();
            }
        }
        return ahead.choices(run);
    }

    private void choose(Ahead.Run run) {
        CudaRows rows = (CudaRows) run.record().result();
        if (!run.record().work().chooses()) {
            launches.largestOfStep(rows, ahead.chosenAt(), data);
        }
        if (!rules.isEmpty()) {
            draws.draw(
                    rows,
                    rules,
                    new Draws.Places(
                            data.tokens(), data.positions(), ahead.chosenAt(), ahead.logprobsAt()));
        }
    }

    @Override
    public void close() {
        order.close();
        draws.close();
        ahead.close();
    }
}
