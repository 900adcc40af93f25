package io.consort.experts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consort.experts.Catalog;
import io.consort.experts.Footprint;
import io.consort.experts.MapPlan;
import io.consort.experts.RecordedOutcomes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapReaderTest {

    private static final String BEFORE =
            """
            version: 1
            categories: [{ id: from, examples: [x] }]
            experts:
              - id: small
                local: { checkpoint: s }
                parameters: 7B
                active-parameters: 1.5B
                latency: 800ms
                device-bytes: 2.5GiB
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    void aPlanIsReadWithItsBudgetsInTheirUnits() throws Exception {
        Catalog catalog =
                read(
                        """
                        map:
                          from: pool
                          experts: { vendor/small: small }
                          budget: { hosted-parameters: 10B, active-parameters: 3B, usd-per-thousand-requests: 0.5, latency: 1s, device-bytes: 20GiB }
                        """);
        assertThat(catalog.plan())
                .contains(
                        new MapPlan(
                                new RecordedOutcomes(
                                        folder.resolve("pool"), Map.of("vendor/small", "small")),
                                Map.of(
                                        "hosted-parameters", 10e9,
                                        "active-parameters", 3e9,
                                        "usd-per-thousand-requests", 0.5,
                                        "latency", 1000.0,
                                        "device-bytes", 20.0 * (1L << 30))));
        assertThat(catalog.map()).isEmpty();
        assertThat(catalog.expert("small").orElseThrow().footprint())
                .isEqualTo(
                        new Footprint(
                                OptionalLong.of(1_500_000_000),
                                Optional.of(Duration.ofMillis(800)),
                                OptionalLong.of(2_684_354_560L)));
    }

    @Test
    void aCategoryMayBeCalledFrom() throws Exception {
        Catalog catalog = read("map: { from: [small] }\n");
        assertThat(catalog.plan()).isEmpty();
        assertThat(catalog.map()).isEqualTo(Map.of("from", List.of("small")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "map: { from: pool, budget: { latency: soon } } | :10: `map.budget.latency` is \"soon\"; write a duration",
                "map: { from: pool, budget: { device-bytes: 20GB } } | :10: `map.budget.device-bytes` is \"20GB\"; write a size such as 20GiB",
                "map: { from: pool, budget: { usd-per-thousand-requests: -1 } } | :10: `map.budget.usd-per-thousand-requests` is \"-1.0\"; write 0 or more USD",
                "map: { from: pool, budget: { parameters: 1B } } | :10: unknown key `parameters` in `map.budget`",
                "map: { from: pool, experts: { x: smal } } | :10: `map.experts.x` names the expert \"smal\", which the file does not describe; did you mean `small`?",
                "map: { from: pool, fromm: [small] } | :10: unknown key `fromm` in `map`; did you mean `from`?"
            })
    void everyMistakeIsToldWithItsLineAndARemedy(String map, String message) {
        CatalogFileException failure =
                catchThrowableOfType(CatalogFileException.class, () -> read(map + "\n"));
        assertThat(failure).as(map).isNotNull();
        assertThat(failure.problems()).anySatisfy(problem -> assertThat(problem).contains(message));
    }

    private Catalog read(String map) throws Exception {
        return CatalogFile.read(
                Files.writeString(folder.resolve("catalog.yaml"), BEFORE + map), Map.of());
    }
}
