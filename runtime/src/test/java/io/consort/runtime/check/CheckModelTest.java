package io.consort.runtime.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.model.GoldenFolders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckModelTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void parityIsExitCodeZero() {
        assertThat(run(GoldenFolders.named("llama-gqa").toString())).isZero();
        assertThat(out.toString(UTF_8)).contains("llama on cpu").endsWith("parity\n");
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void jsonIsOneObjectWithTheDeviations() throws IOException {
        assertThat(run("--json", GoldenFolders.named("gemma2-softcap").toString())).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toByteArray());
        assertThat(report.path("parity").asBoolean()).isTrue();
        assertThat(report.path("logits").path("max_rel").asDouble()).isBetween(0.0, 1e-3);
        assertThat(report.path("hidden")).hasSize(5);
        assertThat(report.path("greedy").path("ids").asInt()).isEqualTo(32);
        assertThat(report.path("greedy").path("equal").asBoolean()).isTrue();
    }

    @Test
    void otherWeightsAreNotAtParity(@TempDir Path folder) throws IOException {
        GoldenFolders.copy("llama-gqa", folder);
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5000] ^= 0x40;
        bytes[bytes.length - 5001] ^= 0x40;
        Files.write(file, bytes);
        assertThat(run(folder.toString())).isEqualTo(1);
        assertThat(out.toString(UTF_8)).endsWith("NO PARITY\n");
    }

    @Test
    void whatCannotBeCheckedIsExitCodeTwo(@TempDir Path folder) throws IOException {
        GoldenFolders.copy("llama-gqa", folder);
        Files.delete(folder.resolve("golden.safetensors"));
        assertThat(run(folder.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("golden.safetensors").contains("missing");
        assertThat(run(folder.resolve("absent").toString())).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("--fast", folder.toString())).isEqualTo(2);
        assertThat(run("--backend", "abacus", folder.toString())).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--fast").contains("abacus");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void aBackendThatIsOffSaysWhy() {
        Assumptions.assumeTrue(
                Probe.backend() instanceof Availability.Off, "CUDA is on, so there is no reason");
        String folder = GoldenFolders.named("llama-gqa").toString();
        assertThat(run(folder, "--backend", "cuda")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("CUDA is off: ").doesNotContain("\tat ");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void helpSaysHowToCallIt() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("usage: consort check-model DIR");
    }

    private int run(String... args) {
        return CheckModel.run(List.of(args), print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream target) {
        return new PrintStream(target, true, UTF_8);
    }
}
