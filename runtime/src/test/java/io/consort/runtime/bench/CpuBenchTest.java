package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.model.Models;
import io.consort.runtime.weights.DType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuBenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyModelIsMeasured() throws IOException {
        String first = GoldenFolders.named("llama-gqa").toString();
        String second = GoldenFolders.named("qwen2-bias-tied").toString();
        assertThat(run("--json", "--rounds", "1", "--milliseconds", "5", first, second)).isZero();
        JsonNode models = new ObjectMapper().readTree(out.toByteArray()).path("models");
        assertThat(models).hasSize(2);
        for (JsonNode model : models) {
            assertThat(model.path("decode_tokens_per_s").asDouble()).isPositive();
            assertThat(model.path("batch_tokens_per_s").asDouble()).isPositive();
            assertThat(model.path("prefill_tokens_per_s").asDouble()).isPositive();
            assertThat(model.path("decode_share_of_read_limit").asDouble()).isPositive();
        }
        assertThat(models.get(0).path("weight_bytes").asLong()).isEqualTo(4L * 153_600);
    }

    @Test
    void mistakesAreNamed() {
        assertThat(run("--rounds", "none")).isEqualTo(2);
        assertThat(run("--quack")).isEqualTo(2);
        assertThat(run("--formats", "q5")).isEqualTo(2);
        assertThat(run("/nowhere/at/all")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("`--rounds` is \"none\"", "--quack", "\"q5\"", "nowhere");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "Q8_0", "Q4_0"})
    void madeUpModelsAreCompleteCheckpoints(DType type, @TempDir Path parent) {
        Path file = new MadeUpModel("small", 300, 128, 96, 2, 2, 1).write(parent, type);
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(file);
                DecoderModel model = Models.load(checkpoint, backend)) {
            assertThat(model.config().layers()).isEqualTo(2);
            assertThat(model.config().tiedHead()).isTrue();
            assertThat(checkpoint.weights().require("model.embed_tokens.weight", 300, 128).type())
                    .isEqualTo(type);
        }
    }

    @Test
    void peersThatAreNotThereAreNotMeasured() throws IOException {
        String folder = GoldenFolders.named("llama-gqa").toString();
        assertThat(run("--rounds", "1", "--milliseconds", "5", folder)).isZero();
        assertThat(out.toString(UTF_8)).contains("peers were left out", "--peers");
    }

    private int run(String... args) {
        return CpuBench.run(List.of(args), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
