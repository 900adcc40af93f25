package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What happens to the nodes, one after the other; each leaves them as it found them. */
final class Faults {

    /** The fault that takes a node with it. */
    static final String KILL = "kill -9 of a node, restart";

    /** The node that it happens to. */
    static final int VICTIM = 2;

    /** Requests per minute of keys that are limited. */
    static final int LIMIT = 600;

    private static final int ANSWERS = 300;
    private static final long SANE_MILLIS = 10_000;
    private static final int CHANGES = 5;

    private final Stage stage;
    private final Load load;
    private final Consumer<String> progress;
    private final List<Measured> figures = new ArrayList<>();

    /**
     * Where it happens.
     *
     * @param front what clients ask
     * @param outage how long the database is away
     */
    record Stage(
            Nodes nodes,
            Wires wires,
            DatabaseServer database,
            Calls calls,
            Front front,
            Administration administration,
            Duration outage) {}

    Faults(Stage stage, Load load, Consumer<String> progress) {
        this.stage = stage;
        this.load = load;
        this.progress = progress;
    }

    /** How long changes take while nobody asks anything. */
    static Measured atRest(Administration administration) throws IOException, InterruptedException {
        long longest = 0;
        for (int change = 1; change <= CHANGES; change++) {
            longest = Math.max(longest, administration.addExpert("rest" + change).toMillis());
        }
        return Measured.millis(
                "without load, a new expert is live on three nodes after (longest of %d)"
                        .formatted(CHANGES),
                "expert_live_at_rest_ms",
                longest,
                SANE_MILLIS);
    }

    /** All of them. */
    List<Measured> run() throws IOException, InterruptedException {
        load.awaitMore(ANSWERS);
        changeAndLimit();
        kill();
        restartInOrder();
        stopDatabase();
        cutOff();
        cutApart();
        return List.copyOf(figures);
    }

    private void changeAndLimit() throws IOException, InterruptedException {
        enter("catalog changed, limit used up");
        figures.add(
                Measured.millis(
                        "under load, a new expert is live on three nodes after",
                        "expert_live_ms",
                        stage.administration().addExpert("early").toMillis(),
                        SANE_MILLIS));
        figures.add(
                Measured.millis(
                        "under load, a new category, with training on each node, is live on three nodes after",
                        "category_live_ms",
                        stage.administration().addCategory("gardening").toMillis(),
                        6 * SANE_MILLIS));
        Map<Integer, Long> admitted =
                LimitProbe.exhaust(
                        stage.administration().limitedKey("together"), List.of(stage.front()));
        note(
                "of a limit of %d, three nodes gave".formatted(LIMIT),
                "together",
                sum(admitted),
                LIMIT * 95L / 100,
                LIMIT * 105L / 100);
        load.awaitMore(ANSWERS);
    }

    private void kill() throws IOException, InterruptedException {
        enter(KILL);
        stage.nodes().kill(VICTIM);
        load.awaitMore(ANSWERS);
        stage.nodes().restart(VICTIM);
        load.awaitMore(ANSWERS);
    }

    private void restartInOrder() throws IOException, InterruptedException {
        enter("SIGTERM of a node, restart");
        boolean ended = stage.nodes().terminate(1);
        figures.add(
                Measured.between("a node that was told to end did", "ended", ended ? 1 : 0, 1, 1));
        stage.nodes().restart(1);
        load.awaitMore(ANSWERS);
    }

    private void stopDatabase() throws IOException, InterruptedException {
        boolean ours = stage.database().isOurs();
        enter(
                "PostgreSQL %s for %d s"
                        .formatted(ours ? "stopped" : "cut off", stage.outage().toSeconds()));
        long begun = System.nanoTime();
        if (ours) {
            stage.database().stop();
        } else {
            stage.wires().cutDatabase();
        }
        stage.nodes().awaitAll("serves what it knew", health -> !health.current());
        long left = stage.outage().toNanos() - (System.nanoTime() - begun);
        Thread.sleep(Duration.ofNanos(Math.max(0, left)));
        load.awaitMore(ANSWERS);
        if (ours) {
            stage.database().start();
        } else {
            stage.wires().mend();
        }
        stage.nodes().awaitAll("sees the database", Calls.Health::current);
        load.awaitMore(ANSWERS);
    }

    private void cutOff() throws IOException, InterruptedException {
        enter("a node cut off from all but clients");
        stage.wires().cutOff(VICTIM);
        stage.nodes()
                .await(
                        VICTIM,
                        "is cut off and serves what it knew",
                        health -> health.cutOff() && !health.current() && health.nodes() == 1);
        for (int other = 0; other < VICTIM; other++) {
            stage.nodes()
                    .await(
                            other,
                            "goes on with another",
                            health -> health.nodes() == 2 && !health.cutOff());
        }
        long before = stage.nodes().health(VICTIM).revision();
        long revision = stage.administration().putExpert("meanwhile");
        for (int other = 0; other < VICTIM; other++) {
            stage.nodes()
                    .await(other, "has the new catalog", health -> health.revision() >= revision);
        }
        note(
                "catalogs that the cut-off node went on behind the others",
                "behind",
                revision - stage.nodes().health(VICTIM).revision(),
                revision - before,
                revision - before);
        Map<Integer, Long> admitted =
                LimitProbe.exhaust(stage.administration().limitedKey("cut"), eachNode());
        long part = Math.ceilDiv(LIMIT, Nodes.COUNT);
        note(
                "of a limit of %d, the cut-off node gave".formatted(LIMIT),
                "cut_alone",
                admitted.getOrDefault(VICTIM, 0L),
                1,
                part);
        note(
                "and all nodes together",
                "cut_together",
                sum(admitted),
                LIMIT * 95L / 100,
                LIMIT + part + Nodes.COUNT);
        load.awaitMore(ANSWERS);
        stage.wires().mend();
        stage.nodes()
                .awaitAll(
                        "is one of three again, with the new catalog",
                        health -> isWhole(health) && health.revision() >= revision);
        load.awaitMore(ANSWERS);
    }

    private void cutApart() throws IOException, InterruptedException {
        enter("Hazelcast cut between all nodes");
        stage.wires().cutApart();
        stage.nodes()
                .awaitAll("counts for itself", health -> health.cutOff() && health.nodes() == 1);
        Map<Integer, Long> admitted =
                LimitProbe.exhaust(stage.administration().limitedKey("apart"), eachNode());
        note(
                "of a limit of %d, three nodes gave that do not hear each other".formatted(LIMIT),
                "apart_together",
                sum(admitted),
                LIMIT * 95L / 100,
                LIMIT * 105L / 100);
        figures.add(
                Measured.millis(
                        "a new expert is live on all of them, by the database, after",
                        "expert_live_apart_ms",
                        stage.administration().addExpert("apart").toMillis(),
                        SANE_MILLIS));
        load.awaitMore(ANSWERS);
        stage.wires().mend();
        stage.nodes().awaitAll("is one of three again", Faults::isWhole);
        load.awaitMore(ANSWERS);
    }

    private List<Front> eachNode() {
        return IntStream.range(0, Nodes.COUNT)
                .mapToObj(node ->
                        new Front(stage.calls().http(), List.of(stage.nodes().address(node))))
                .toList();
    }

    private void enter(String fault) {
        progress.accept(fault);
        load.enter(fault);
    }

    private void note(String what, String key, long value, long least, long most) {
        figures.add(Measured.between(what, key, value, least, most));
    }

    private static boolean isWhole(Calls.Health health) {
        return health.nodes() == Nodes.COUNT && !health.cutOff() && health.current();
    }

    private static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
