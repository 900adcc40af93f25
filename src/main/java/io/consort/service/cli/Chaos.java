package io.consort.service.cli;

import io.consort.service.chaos.Fuzz;
import io.consort.service.chaos.Soak;
import io.consort.service.store.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort chaos}: does to a service what must not harm it. */
final class Chaos implements Verb {

    private static final List<String> KINDS = List.of("cluster", "fuzz", "soak");

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public String summary() {
        return "does to a service what must not harm it";
    }

    @Override
    public String help() {
        return """
        consort chaos cluster [--database URL] [--outage SECONDS] [--no-proxy] [--json]
        consort chaos fuzz [--requests N] [--seed S] [--port P] [--data DIR] [--json]
        consort chaos soak [--requests N] [--json]

          cluster        starts three nodes on this machine, with answers and long streams asked of
                         them all the time, and kills one, stops one, stops PostgreSQL, cuts a
                         node off, cuts Hazelcast between all; fails when an answer is missing
                         from the books or is there twice, when a stream breaks on a node that
                         goes on, or when a limit is exceeded by more than is promised; takes
                         some minutes
          fuzz           sends malformed requests, each over a connection of its own; fails when
                         one is answered with 500 or above, when one is neither answered nor
                         closed, or when the service keeps a connection open afterwards

          soak           starts a service with several tenants and sends whole questions, streams,
                         errors, and clients that leave; shows heap after a collection, memory, open
                         files, threads and times for each tenth, and fails when one of them grows

          --database URL a PostgreSQL, as jdbc:postgresql://host:5432/name?user=...&password=...,
                         in which a schema is made and removed; nodes are cut off from it where
                         it would be stopped. Without it one is started from the programs that
                         are installed
          --outage S     how long PostgreSQL is away, 30 seconds by default
          --no-proxy     no HAProxy in front of the nodes, although it is installed

          --requests N   how many; fuzz 50000, soak 200000 by default
          --seed S       fixes which; the same seed, the same requests
          --port P       a service that runs on this machine; without it one is started
          --data DIR     the data folder of that service, for its first key
          --json         prints the result as JSON
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        String kind = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (kind) {
            case "cluster" -> ChaosCluster.run(rest, terminal);
            case "fuzz" -> fuzz(rest, terminal);
            case "soak" -> soak(rest, terminal);
            case "" -> throw new UsageException("say what to do: " + String.join(", ", KINDS));
            default ->
                    throw new UsageException(
                            "there is no %s; did you mean %s?"
                                    .formatted(kind, Spelling.nearest(kind, KINDS)));
        };
    }

    private static int fuzz(List<String> arguments, Terminal terminal) {
        Arguments given =
                Arguments.parse(
                        arguments,
                        Set.of("--requests", "--seed", "--port", "--data"),
                        Set.of("--json"));
        requireNoWords(given);
        return exit(
                () -> Fuzz.run(order(given), given.has("--json"), terminal.out(), terminal.err()),
                terminal);
    }

    private static int soak(List<String> arguments, Terminal terminal) {
        Arguments given = Arguments.parse(arguments, Set.of("--requests"), Set.of("--json"));
        requireNoWords(given);
        long requests =
                Numbers.read("--requests", given.value("--requests").orElse("200000"), 100_000_000);
        return exit(
                () ->
                        Soak.run(
                                home(),
                                requests,
                                given.has("--json"),
                                terminal.out(),
                                terminal.err()),
                terminal);
    }

    private static void requireNoWords(Arguments given) {
        if (!given.words().isEmpty()) {
            throw new UsageException("%s is not an option".formatted(given.words().getFirst()));
        }
    }

    /** Something that goes well or does not. */
    @FunctionalInterface
    private interface Attempt {
        boolean succeeds() throws IOException, InterruptedException;
    }

    private static int exit(Attempt attempt, Terminal terminal) {
        try {
            return attempt.succeeds() ? 0 : 1;
        } catch (IOException impossible) {
            terminal.err().println("consort: " + impossible.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static Path home() {
        return Path.of(System.getProperty("consort.home", ".")).toAbsolutePath().normalize();
    }

    private static Fuzz.Order order(Arguments given) {
        Optional<Fuzz.Running> running =
                given.value("--port")
                        .map(port -> {
                            DataFolder data = new DataFolder(Places.data(given.value("--data")));
                            String key =
                                    data.firstKey()
                                            .orElseThrow(() ->
                                                    new UsageException(
                                                            "there is no key in %s; name the service's folder with --data"
                                                                    .formatted(
                                                                            data.firstKeyFile())));
                            return new Fuzz.Running(
                                    (int) Numbers.read("--port", port, 65_535), key);
                        });
        return new Fuzz.Order(
                Numbers.read("--requests", given.value("--requests").orElse("50000"), 100_000_000),
                Numbers.read("--seed", given.value("--seed").orElse("20261126"), Long.MAX_VALUE),
                running,
                home());
    }
}
