package io.consort.service.cli;

import io.consort.service.chaos.cluster.ClusterChaos;
import io.consort.service.chaos.cluster.ClusterReport;
import io.consort.service.chaos.cluster.DatabaseServer;
import io.consort.service.chaos.cluster.GivenPostgres;
import io.consort.service.chaos.cluster.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** {@code consort chaos cluster}: three nodes under load, and what may happen to them. */
final class ChaosCluster {

    private static final int ASKERS = 6;
    private static final int READERS = 9;
    private static final long LONGEST_OUTAGE = 3_600;

    private ChaosCluster() {}

    /** Runs it; 0 when all is as it must be. */
    static int run(List<String> arguments, Terminal terminal) {
        Arguments given =
                Arguments.parse(
                        arguments,
                        Set.of("--database", "--outage"),
                        Set.of("--no-proxy", "--json"));
        if (!given.words().isEmpty()) {
            throw new UsageException("%s is not an option".formatted(given.words().getFirst()));
        }
        long outage =
                Numbers.read("--outage", given.value("--outage").orElse("30"), LONGEST_OUTAGE);
        try {
            Path folder = Files.createTempDirectory("consort-cluster");
            ClusterReport report = report(given, Duration.ofSeconds(outage), folder, terminal);
            terminal.out().print(given.has("--json") ? report.json() + "\n" : report.text());
            if (report.isClean()) {
                delete(folder);
                return 0;
            }
            terminal.err().println("consort: logs of the nodes are in " + folder);
        } catch (IOException impossible) {
            terminal.err().println("consort: " + impossible.getMessage());
        } catch (SQLException unreadable) {
            terminal.err().println("consort: the books cannot be read: " + unreadable.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static ClusterReport report(
            Arguments given, Duration outage, Path folder, Terminal terminal)
            throws IOException, InterruptedException, SQLException {
        try (DatabaseServer database = database(given, folder)) {
            return ClusterChaos.run(
                    new ClusterChaos.Order(
                            Path.of(System.getProperty("consort.home", "."))
                                    .toAbsolutePath()
                                    .normalize(),
                            folder,
                            database,
                            proxy(given, terminal),
                            outage,
                            ASKERS,
                            READERS),
                    fault -> terminal.err().println("consort: " + fault));
        }
    }

    private static DatabaseServer database(Arguments given, Path folder)
            throws IOException, InterruptedException {
        return given.value("--database").isPresent()
                ? GivenPostgres.at(
                        given.value("--database").get(),
                        "consort_chaos_" + Long.toString(System.currentTimeMillis(), 36))
                : LocalPostgres.start(folder.resolve("postgres"));
    }

    private static Optional<Path> proxy(Arguments given, Terminal terminal) {
        Optional<Path> program =
                given.has("--no-proxy") ? Optional.empty() : ClusterChaos.haproxy();
        if (program.isEmpty()) {
            terminal.err()
                    .println(
                            given.has("--no-proxy")
                                    ? "consort: no proxy; clients look for a node themselves"
                                    : "consort: there is no HAProxy here (apt-get install haproxy), so clients look for a node themselves");
        }
        return program;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
