package io.consort.service.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayOptionsTest {

    @Test
    void withoutArgumentsTheDefaultsHold() {
        assertThat(GatewayOptions.parse(List.of()))
                .isEqualTo(
                        new GatewayOptions(
                                false,
                                false,
                                5,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10),
                                List.of(1, 16, 64)));
    }

    @Test
    void everyOptionIsRead() {
        List<String> arguments =
                List.of(
                        "--json",
                        "--rounds",
                        "3",
                        "--seconds",
                        "0.5",
                        "--warm-up",
                        "4",
                        "--connections",
                        "8,32");

        assertThat(GatewayOptions.parse(arguments))
                .isEqualTo(
                        new GatewayOptions(
                                false,
                                true,
                                3,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(4),
                                List.of(8, 32)));
    }

    @ParameterizedTest
    @CsvSource({
        "--rounds, 0, 1 to 1000",
        "--rounds, many, whole numbers",
        "--seconds, -1, above 0",
        "--warm-up, soon, seconds",
        "--connections, '1,,2', whole numbers",
        "--connections, 5000, 1 to 1000"
    })
    void aWrongValueIsRefusedWithTheOptionAndWhatItTakes(
            String option, String value, String remedy) {
        assertThatThrownBy(() -> GatewayOptions.parse(List.of(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + option + "`")
                .hasMessageContaining(remedy);
    }

    @Test
    void anUnknownOptionAndAMissingValueAreRefused() {
        assertThatThrownBy(() -> GatewayOptions.parse(List.of("--fast")))
                .hasMessageContaining("\"--fast\"");
        assertThatThrownBy(() -> GatewayOptions.parse(List.of("--rounds")))
                .hasMessageContaining("needs a value");
    }
}
