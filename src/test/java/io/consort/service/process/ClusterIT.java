package io.consort.service.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.consort.service.chaos.cluster.ClusterChaos;
import io.consort.service.chaos.cluster.ClusterReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The faults of {@code consort chaos cluster}, with a PostgreSQL that comes with the tests. */
@Timeout(480)
class ClusterIT {

    private @TempDir Path folder;

    @Test
    void nothingThatWasAnsweredIsLostOrCountedTwiceWhateverFails() throws Exception {
        Optional<Path> haproxy = ClusterChaos.haproxy();
        assumeThat(haproxy)
                .as("HAProxy, which stands before the nodes (apt-get install haproxy)")
                .isPresent();
        try (TestPostgres database = TestPostgres.start(folder.resolve("postgres"))) {
            ClusterReport report =
                    ClusterChaos.run(
                            new ClusterChaos.Order(
                                    Path.of(System.getProperty("consort.root")),
                                    folder,
                                    database,
                                    haproxy,
                                    Duration.ofSeconds(30),
                                    6,
                                    9),
                            fault -> System.out.println("cluster: " + fault));
            System.out.println(report.text());
            assertThat(report.complaints()).isEmpty();
            assertThat(report.rows()).hasSize(7);
        }
    }
}
