package io.consort.runtime.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Footprint;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufWeightsTest {

    @TempDir private Path folder;

    /** Copied are rows in another order, and Gemma's norms. */
    @ParameterizedTest
    @CsvSource({
        "llama-gqa, .*attn_[qk][.]weight",
        "llama-biases-odd-sizes, .*attn_[qk][.](weight|bias)",
        "gemma2-softcap, .*norm[.]weight",
    })
    void whatIsCopiedCountsAsMemoryBesidesWhatIsMapped(String golden, String copied) {
        Path file = folder.resolve("model.gguf");
        GgufConversion.write(GoldenFolders.named(golden), DType.F32, file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights weights = checkpoint.weights();
            long expected =
                    weights.all().stream()
                            .filter(tensor -> tensor.name().matches(copied))
                            .map(Tensor::data)
                            .mapToLong(data -> data.byteSize())
                            .sum();
            assertThat(expected).isPositive();
            assertThat(weights.memoryBytes()).isEqualTo(weights.bytes() + expected);
        }
    }

    /** A copy takes the place of what is mapped, but not of what was copied already. */
    @ParameterizedTest
    @CsvSource({"llama-gqa, 1", "qwen2-bias-tied, 0"})
    void copiesToComputeWithTakeThePlaceOfWhatIsMapped(String golden, int besides) {
        Path file = folder.resolve("model.gguf");
        GgufConversion.write(GoldenFolders.named(golden), DType.F32, file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            Weights weights = checkpoint.weights();
            String queries = "model.layers.0.self_attn.q_proj.weight";
            long size = weights.find(queries).orElseThrow().data().byteSize();
            Footprint plain = weights.footprint((_, _) -> 0);
            Footprint copied =
                    weights.footprint(
                            (name, tensor) -> name.equals(queries) ? tensor.data().byteSize() : 0);
            assertThat(copied.copied()).isEqualTo(plain.copied() + size);
            assertThat(copied.bytes()).isEqualTo(plain.bytes() + besides * size);
        }
    }

    @ParameterizedTest
    @CsvSource({"qwen2-bias-tied", "phi3-longrope"})
    void aFileInTheUsualConventionsTakesNothingBesides(String golden) {
        Path file = folder.resolve("model.gguf");
        GgufConversion.write(GoldenFolders.named(golden), DType.F32, file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            assertThat(checkpoint.weights().memoryBytes()).isEqualTo(checkpoint.weights().bytes());
        }
    }
}
