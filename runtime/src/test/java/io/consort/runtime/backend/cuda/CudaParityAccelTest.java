package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.check.ParityCheck;
import io.consort.runtime.check.ParityReport;
import io.consort.runtime.check.Tolerance;
import io.consort.runtime.model.GoldenFolders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CudaParityAccelTest {

    static List<Path> goldens() {
        return GoldenFolders.all();
    }

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void inFullPrecisionEveryGoldenCheckpointIsAtParityAsOnTheProcessor(Path folder) {
        try (CudaBackend backend = CudaBackend.open(Precision.FULL, Quantisation.NONE)) {
            ParityReport report = ParityCheck.run(folder, backend);
            assertThat(report.hasNaN()).as("%s", report).isFalse();
            assertThat(report.isParity()).as("%s", report).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void inMixedPrecisionEveryGoldenCheckpointIsWithinTheTolerance(Path folder) {
        try (CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE)) {
            ParityReport report = ParityCheck.run(folder, backend, Tolerance.SIXTEEN_BIT);
            assertThat(report.hasNaN()).as("%s", report).isFalse();
            assertThat(report.isParity()).as("%s", report).isTrue();
        }
    }
}
