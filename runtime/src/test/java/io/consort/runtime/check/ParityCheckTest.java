package io.consort.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.GoldenFolders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParityCheckTest {

    static List<Path> goldens() {
        return GoldenFolders.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyGoldenCheckpointIsAtParity(Path folder) {
        try (CpuBackend backend = new CpuBackend(2, Long.MAX_VALUE)) {
            ParityReport report = ParityCheck.run(folder, backend);
            assertThat(report.hasNaN()).as("%s", report).isFalse();
            assertThat(report.hidden()).allMatch(Deviation::isWithinTolerance);
            assertThat(report.isParity()).as("%s", report).isTrue();
            assertThat(report.generated()).isGreaterThan(20);
        }
    }
}
