package io.consort.runtime.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.Probe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SwitchBenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return RuntimeBench.run(
                List.of(args),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    @Test
    void everyPolicyIsPlayedForEveryKindOfArrivals() throws IOException {
        assertThat(run("switch", "--requests", "300", "--json")).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toByteArray());
        assertThat(report.path("requests").asInt()).isEqualTo(300);
        assertThat(report.path("rows")).hasSize(8);
        assertThat(report.path("rows").path(0).path("switches_per_100").asDouble()).isPositive();
    }

    @Test
    void textSaysWhatTheColumnsMean() {
        assertThat(run("switch", "--requests", "100")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("zipf", "bursts", "least recently used", "per 100 requests");
    }

    @Test
    void whatMakesNoSenseIsSaid() {
        assertThat(run("switch", "--experts", "many")).isEqualTo(2);
        assertThat(run("switch", "--device", "10")).isEqualTo(2);
        assertThat(run("switch", "--speed", "10")).isEqualTo(2);
        assertThat(run("tiers", "--gigabytes", "0")).isEqualTo(2);
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("--experts", "\"many\"", "--device", "--speed", "--gigabytes", "dance")
                .doesNotContain("\tat ");
    }

    @Test
    void tiersAreNotMeasuredWhereCudaIsOff() {
        Assumptions.assumeTrue(
                Probe.driver() instanceof Availability.Off, "CUDA is on, so there is no reason");
        assertThat(run("tiers")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("bench tiers: CUDA is off: ");
    }
}
