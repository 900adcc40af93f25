package io.consort.runtime.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.check.ParityCheck;
import io.consort.runtime.check.ParityReport;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.weights.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Golden checkpoints, converted. Left out are those that GGUF cannot say: windows of Qwen, the dynamic
 * base, Gemma 2 without caps, and YaRN with scales of its own.
 */
class GgufParityTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gemma2-softcap",
                "gemma3-local-global",
                "gemma3-old-spelling",
                "llama-biases-odd-sizes",
                "llama-gqa",
                "llama-sharded-linear",
                "llama-yarn",
                "llama3-ropescaled-bf16",
                "mistral-no-window",
                "mistral-window",
                "phi3-longrope",
                "phi3-partial-rotary",
                "qwen2-bias-tied",
                "qwen3-f16",
            })
    void aConvertedCheckpointIsAtParity(String name) throws IOException {
        Path golden = GoldenFolders.named(name);
        Path file = folder.resolve("model.gguf");
        GgufConversion.write(golden, DType.F32, file);
        Files.copy(golden.resolve("golden.safetensors"), folder.resolve("golden.safetensors"));
        try (CpuBackend backend = new CpuBackend(2, Long.MAX_VALUE)) {
            ParityReport report = ParityCheck.run(file, backend);
            assertThat(report.isParity()).as(report.toString()).isTrue();
        }
    }
}
