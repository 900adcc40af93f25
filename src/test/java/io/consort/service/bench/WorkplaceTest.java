package io.consort.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkplaceTest {

    @Test
    void closingEndsTheProcessesAndRemovesTheFolder() {
        Workplace workplace = Workplace.open();
        Process process =
                workplace.start(List.of("sleep", "600"), workplace.folder().resolve("log"));
        assertThat(process.isAlive()).isTrue();

        workplace.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(workplace.folder()).doesNotExist();
    }

    @Test
    void aServerThatEndsAtOnceIsReportedWithItsLastWords() {
        try (Workplace workplace = Workplace.open()) {
            Path log = workplace.folder().resolve("log");
            Process process =
                    workplace.start(List.of("sh", "-c", "echo no port left; exit 3"), log);

            assertThatThrownBy(() -> Startup.await("the server", process, log, () -> false))
                    .isInstanceOf(BenchException.class)
                    .hasMessageContaining("the server ended at once")
                    .hasMessageContaining("no port left");
        }
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        try (Workplace workplace = Workplace.open()) {
            Path log = workplace.folder().resolve("log");

            assertThatThrownBy(() -> workplace.start(List.of("no-such-program"), log))
                    .hasMessageContaining("no-such-program cannot be started");
        }
    }
}
