package io.consort.experts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsReaderTest {

    private static final String FILE =
            """
            version: 1
            experts:
              - id: gpt
                openai: { base-url: "https://host/v1", model: gpt-x }
                guard: { hedge: true, probe: 30s }
                limits: { requests-per-minute: 600, tokens-per-minute: 1.5M, concurrent: 8, usd-per-day: 2.5, usd-per-month: 0 }
              - id: free
                openai: { base-url: "https://host/v1", model: gpt-y }
            policies:
              - id: default
                over-limit: cheaper
                pinned: { expert: gpt }
              - id: strict
                over-limit: refuse
                pinned: { expert: gpt }
            """;

    @TempDir Path folder;

    @Test
    void limitsAreRead() throws Exception {
        Catalog catalog = read(FILE);
        assertThat(catalog.expert("gpt").map(Expert::limits))
                .contains(
                        new Limits(
                                OptionalLong.of(600),
                                OptionalLong.of(1_500_000),
                                OptionalLong.of(8),
                                OptionalDouble.of(2.5),
                                OptionalDouble.of(0)));
        assertThat(catalog.expert("free").map(Expert::limits)).contains(Limits.NONE);
        assertThat(catalog.thrifty()).containsExactly("default");
        assertThat(catalog.withMap(Map.of()).thrifty()).containsExactly("default");
    }

    @Test
    void hedgingAndProbesAreRead() throws Exception {
        Expert expert = read(FILE).expert("gpt").orElseThrow();
        assertThat(expert.guard().hedge()).isTrue();
        assertThat(expert.guard().probe()).contains(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usd-per-day: 2.5 | usd-per-day: -1 | `limits.usd-per-day` must be 0 to 1000000000 USD",
                "usd-per-day: 2.5 | usd-per-day: NaN | `limits.usd-per-day` must be 0 to 1000000000 USD",
                "concurrent: 8 | concurrent: none | write a count such as",
                "concurrent: 8 | concurrency: 8 | did you mean `concurrent`?",
                "over-limit: refuse | over-limit: deny | write `refuse` or `cheaper`"
            })
    void mistakesAreExplained(String given, String wrong, String said) {
        assertThatThrownBy(() -> read(FILE.replace(given, wrong)))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining(said);
    }

    private Catalog read(String text) throws IOException, CatalogFileException {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), text);
        return CatalogFile.read(file, Map.of());
    }
}
