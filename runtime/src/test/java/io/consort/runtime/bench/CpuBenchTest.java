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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(run("--quick")).isEqualTo(2);
        assertThat(run("/nowhere/at/all")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("`--rounds` is \"none\"", "--quick", "nowhere");
        assertThat(out.size()).isZero();
    }

    @Test
    void madeUpModelsAreCompleteCheckpoints(@TempDir Path parent) {
        Path folder = new SyntheticCheckpoint("small", 128, 64, 96, 2, 2).write(parent);
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(folder);
                DecoderModel model = Models.load(checkpoint, backend)) {
            assertThat(model.config().layers()).isEqualTo(2);
            assertThat(model.config().tiedHead()).isTrue();
        }
    }

    private int run(String... args) {
        return CpuBench.run(List.of(args), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
