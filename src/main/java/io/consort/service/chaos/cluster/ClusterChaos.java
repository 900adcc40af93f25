package io.consort.service.chaos.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Three nodes under load, and what happens to them. */
public final class ClusterChaos {

    private static final String LOAD_KEY = "load";
    private static final List<String> LIMITED_KEYS = List.of("together", "cut", "apart");

    private ClusterChaos() {}

    /**
     * What is asked for.
     *
     * @param home the folder with the packaged service and the proxy's configuration
     * @param folder an empty one, for data and logs
     * @param haproxy the program; without it clients look for a node themselves
     * @param outage how long the database is away
     * @param askers clients that ask for whole answers
     * @param readers clients that read long streams
     */
    public record Order(
            Path home,
            Path folder,
            DatabaseServer database,
            Optional<Path> haproxy,
            Duration outage,
            int askers,
            int readers) {}

    /** HAProxy, where it is installed. */
    public static Optional<Path> haproxy() {
        return Programs.find("haproxy");
    }

    /**
     * Starts three nodes, lets everything happen to them, and compares what clients saw with the books;
     * blocks for minutes.
     *
     * @param progress told what is going on
     * @throws IOException when something does not come about that must
     */
    public static ClusterReport run(Order order, Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        Calls calls = new Calls();
        try (FakeExpert expert = FakeExpert.start();
                Wires wires = Wires.lay(Nodes.COUNT, order.database().access().address())) {
            progress.accept("starting three nodes");
            try (Nodes nodes =
                    Nodes.start(
                            order.home(),
                            order.folder(),
                            order.database().access(),
                            wires,
                            calls,
                            expert.port())) {
                return order.haproxy().isPresent()
                        ? behind(
                                order.haproxy().get(), order, nodes, wires, calls, expert, progress)
                        : faults(order, nodes, wires, calls, expert, nodes.addresses(), progress);
            }
        }
    }

    private static ClusterReport behind(
            Path program,
            Order order,
            Nodes nodes,
            Wires wires,
            Calls calls,
            FakeExpert expert,
            Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        try (Haproxy proxy =
                Haproxy.start(
                        program,
                        order.home().resolve("docs/proxy/haproxy.cfg"),
                        nodes.addresses(),
                        order.folder().resolve("haproxy.log"))) {
            return faults(order, nodes, wires, calls, expert, List.of(proxy.address()), progress);
        }
    }

    private static ClusterReport faults(
            Order order,
            Nodes nodes,
            Wires wires,
            Calls calls,
            FakeExpert expert,
            List<URI> addresses,
            Consumer<String> progress)
            throws IOException, InterruptedException, SQLException {
        Administration administration =
                new Administration(nodes, calls, nodes.key(), expert.port());
        administration.makeLimitedKeys(LIMITED_KEYS, Faults.LIMIT);
        Front front = new Front(calls.http(), addresses);
        Faults.Stage stage =
                new Faults.Stage(
                        nodes,
                        wires,
                        order.database(),
                        calls,
                        front,
                        administration,
                        order.outage());
        List<Measured> figures = new ArrayList<>();
        figures.add(Faults.atRest(administration));
        Load load =
                Load.start(
                        front,
                        administration.makeKey(LOAD_KEY, "{}"),
                        order.askers(),
                        order.readers());
        try (load) {
            figures.addAll(new Faults(stage, load, progress).run());
        }
        progress.accept("stopping the nodes and reading the books");
        for (int node = 0; node < Nodes.COUNT; node++) {
            nodes.terminate(node);
        }
        return report(order, load, figures);
    }

    private static ClusterReport report(Order order, Load load, List<Measured> figures)
            throws SQLException {
        Books books = Books.read(order.database().access(), LOAD_KEY);
        Set<Long> answered = new HashSet<>();
        load.tallies().forEach(tally -> answered.addAll(tally.answered()));
        return new ClusterReport(
                order.haproxy().isPresent()
                        ? "HAProxy"
                        : "no proxy; clients look for a node themselves",
                load.tallies().stream()
                        .map(tally ->
                                FaultRow.of(
                                        tally,
                                        books,
                                        tally.fault().equals(Faults.KILL) ? Faults.VICTIM : -1))
                        .toList(),
                Faults.KILL,
                books.besides(answered),
                figures);
    }
}
