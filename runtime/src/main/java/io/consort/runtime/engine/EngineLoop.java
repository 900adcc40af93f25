package io.consort.runtime.engine;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.engine.Scheduler.Scheduled;
import io.consort.runtime.model.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The engine's thread: admit, schedule, run, sample, emit. */
final class EngineLoop implements Runnable {

    private final LongSupplier clock;
    private final Errands errands = new Errands();
    private final Scheduler scheduler = new Scheduler();
    private final Candidates candidates = new Candidates();
    private final WarmUps warmUps = new WarmUps();
    private volatile boolean closing;

    EngineLoop(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void run() {
        while (!closing) {
            if (stepSafely()) {
                warmUps.giveWay();
            } else if (!warmUpSafely()) {
                rest();
            }
        }
        scheduler.models().forEach(this::remove);
        errands.end();
    }

    /** One pass of one model, or of several together, if there is something to compute. */
    private boolean step() {
        admit();
        List<Scheduled> round = scheduler.schedule();
        List<Scheduled> steps = round.stream().filter(Scheduled::isSingleStep).toList();
        if (steps.size() > 1) {
            runTogether(steps);
        }
        round.stream()
                .filter(one -> steps.size() == 1 || !steps.contains(one))
                .forEach(one ->
                        run(one.model(), one.turn()).ifPresent(chooser -> end(one, chooser)));
        return !round.isEmpty();
    }

    /** Hands out what a pass has left. */
    private void end(Scheduled one, Chooser chooser) {
        EngineModel model = one.model();
        List<Sequence> completed = one.completed();
        one.turn().shares().forEach(share -> share.sequence().computed());
        for (int row = 0; row < completed.size(); row++) {
            Sequence sequence = completed.get(row);
            choose(model, sequence, chooser, row)
                    .ifPresent(choice -> emit(model, sequence, choice));
        }
    }

    private void admit() {
        errands.runAll();
        long now = clock.getAsLong();
        for (EngineModel model : scheduler.models()) {
            model.drop(Sequence::cancelled);
            for (Sequence late : model.drop(sequence -> sequence.nanosLeft(now) <= 0)) {
                tell(late, new EngineException(Reason.LATE, "the answer's deadline has passed"));
            }
            for (Sequence refused : model.drop(EngineLoop::isRefused)) {
                tell(refused, refused.stay().refused().orElseThrow());
            }
            model.lane().admit();
            model.publishLoad();
        }
    }

    private static boolean isRefused(Sequence sequence) {
        return sequence.stay().refused().isPresent();
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever a model throws must not end the engine.
    private Optional<Chooser> run(EngineModel model, Turn turn) {
        try (Pass pass = model.model().begin(turn.batch(), model.cache())) {
            pass.runTo(model.model().config().layers());
            return Optional.of(Chooser.after(pass, model.model(), turn, candidates));
        } catch (RuntimeException | Error e) {
            failed(model, turn, e);
            return Optional.empty();
        }
    }

    /** One token of each of several models. */
    @SuppressWarnings({"CatchingUnchecked", "MustBeClosedChecker"}) // Closed below.
    private void runTogether(List<Scheduled> steps) {
        List<Pass> passes = new ArrayList<>();
        List<Chosen> chosen = List.of();
        try {
            for (Scheduled one : steps) {
                EngineModel model = one.model();
                Pass pass = model.model().begin(one.turn().batch(), model.cache());
                passes.add(pass);
                pass.runTo(model.model().config().layers());
            }
            chosen =
                    Pass.finishTogether(
                            passes, steps.stream().map(one -> one.turn().choices()).toList());
        } catch (RuntimeException | Error e) {
            steps.forEach(one -> failed(one.model(), one.turn(), e));
        } finally {
            passes.forEach(Pass::close);
        }
        for (int i = 0; i < chosen.size(); i++) {
            end(steps.get(i), new Chooser.ByModel(chosen.get(i)));
        }
    }

    private static void failed(EngineModel model, Turn turn, Throwable cause) {
        EngineException failure =
                new EngineException(
                        model.residence().failed(cause), "the model failed: " + cause, cause);
        turn.shares().forEach(share -> fail(model, share.sequence(), failure));
    }

    private Optional<TokenChoice> choose(
            EngineModel model, Sequence sequence, Chooser chooser, int row) {
        try {
            return Optional.of(chooser.choose(sequence, row));
        } catch (EngineException e) {
            fail(model, sequence, e);
        } catch (RuntimeException e) {
            fail(
                    model,
                    sequence,
                    new EngineException(Reason.MODEL_FAILED, "no token could be chosen: " + e, e));
        }
        return Optional.empty();
    }

    private void emit(EngineModel model, Sequence sequence, TokenChoice choice) {
        Generation generation = sequence.generation();
        if (sequence.cancelled()) {
            model.drop(sequence);
            return;
        }
        try {
            if (sequence.generated() == 0) {
                sequence.sink().began(sequence.cached());
            }
            if (generation.endTokens().contains(choice.token())) {
                model.drop(sequence);
                sequence.sink().end(FinishReason.STOP);
                return;
            }
            sequence.append(choice.token());
            if (!sequence.sink().token(choice)) {
                model.drop(sequence);
            } else if (sequence.generated() == generation.maxTokens()) {
                model.drop(sequence);
                sequence.sink().end(FinishReason.LENGTH);
            } else if (model.outgrownAt(sequence.length())) {
                sequence.startOver();
            }
        } catch (RuntimeException e) {
            fail(
                    model,
                    sequence,
                    new EngineException(
                            Reason.MODEL_FAILED, "the answer's reader failed: " + e, e));
        }
    }

    /** Forgets a sequence and tells its sink why, unless it is gone already. */
    private static void fail(EngineModel model, Sequence sequence, EngineException failure) {
        if (model.drop(sequence)) {
            tell(sequence, failure);
        }
    }

    @SuppressWarnings("EmptyCatch") // A sink that fails to hear of a failure cannot be told.
    private static void tell(Sequence sequence, EngineException failure) {
        try {
            sequence.sink().failed(failure);
        } catch (RuntimeException e) {
            // Nothing is left to do for it.
        }
    }

    /** A step that never throws: what goes wrong outside a pass fails every sequence. */
    private boolean stepSafely() {
        try {
            return step();
        } catch (RuntimeException | Error e) {
            EngineException failure =
                    new EngineException(Reason.MODEL_FAILED, "the engine failed: " + e, e);
            for (EngineModel model : scheduler.models()) {
                model.drop(sequence -> true).forEach(sequence -> tell(sequence, failure));
            }
            return false;
        }
    }

    private boolean warmUpSafely() {
        try {
            return warmUps.step();
        } catch (RuntimeException | Error e) {
            return true;
        }
    }

    private void rest() {
        errands.prepareToRest();
        if (!stepSafely() && !closing) {
            long now = clock.getAsLong();
            long nanos =
                    scheduler.models().stream()
                            .flatMap(model -> model.lane().all().stream())
                            .mapToLong(sequence -> sequence.nanosLeft(now))
                            .min()
                            .orElse(Long.MAX_VALUE);
            errands.rest(nanos);
        }
        errands.goOn();
    }

    void add(EngineModel model) {
        if (closing) {
            remove(model);
        } else {
            scheduler.add(model);
        }
    }

    void join(EngineModel model, Sequence sequence) {
        if (model.closed()) {
            model.countOut();
            sequence.stay().close();
            tell(sequence, Engine.closed());
        } else {
            model.lane().join(sequence);
        }
    }

    @SuppressWarnings("EmptyCatch") // A model without a warm-up answers as well.
    void warmUp(EngineModel model, Duration duration) {
        if (!model.closed()) {
            try {
                warmUps.add(model, duration, this::nudge);
            } catch (RuntimeException failure) {
                // There is no memory for it.
            }
        }
    }

    void remove(EngineModel model) {
        if (!model.closed()) {
            model.markClosed();
            warmUps.remove(model);
            scheduler.remove(model);
            model.drop(sequence -> true).forEach(gone -> tell(gone, Engine.closed()));
            model.publishLoad();
            model.cache().close();
        }
    }

    void execute(Runnable errand) {
        errands.add(errand);
    }

    void executeAndWait(Runnable errand, Thread owner) {
        errands.addAndWait(errand, owner);
    }

    void nudge() {
        errands.nudge();
    }

    boolean closing() {
        return closing;
    }

    void close() {
        closing = true;
        errands.nudge();
    }
}
