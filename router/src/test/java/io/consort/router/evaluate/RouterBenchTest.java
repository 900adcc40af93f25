package io.consort.router.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterBenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyStepIsTimedAtEveryLength() throws IOException {
        assertThat(run("--json", "--rounds", "1", "--examples", "200")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.get("training_s").doubleValue()).isPositive();
        assertThat(json.get("training_wider_s").doubleValue()).isPositive();
        assertThat(json.get("rows")).hasSize(16);
        assertThat(json.get("rows"))
                .allSatisfy(row -> assertThat(row.get("p50_us").doubleValue()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--rounds", "--rounds 0", "--examples", "--data", "--rounds many", "--fast"})
    void argumentsThatMakeNoSenseAreRefused(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("`--");
    }

    @Test
    void helpIsGiven() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--rounds N");
    }

    private int run(String... arguments) {
        return RouterBench.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
