package io.consort.service.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainMapTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder = Path.of("");

    @Test
    void aMapThatIsFoundIsExplainedWithItsFrontier() throws IOException {
        Path catalog = catalog("map: { from: pool, budget: { hosted-parameters: 4B } }");
        assertThat(run(catalog.toString())).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8))
                .contains("expected score ", "and no map within the budgets scores more")
                .contains("hosted-parameters: uses 3.000e+09 of 4.000e+09 parameters")
                .contains("sums (50.0 % of the traffic): small")
                .contains("large would score", "what hosted-parameters costs in score:");
        out.reset();
        assertThat(run(catalog.toString(), "--json")).isZero();
        JsonNode json = new ObjectMapper().readTree(out.toString(UTF_8));
        assertThat(json.path("proven").asBoolean()).isTrue();
        assertThat(json.path("categories")).hasSize(2);
        assertThat(json.path("frontiers").path("hosted-parameters").size()).isPositive();
    }

    @Test
    void aMapThatIsGivenIsToldAsItIs() throws IOException {
        assertThat(run(catalog("map: { sums: [large, small] }").toString())).isZero();
        assertThat(out.toString(UTF_8)).contains("sums: large, then small, as the catalog says");
    }

    @Test
    void aBudgetThatCannotBeMetIsSaid() throws IOException {
        Path catalog = catalog("map: { from: pool, budget: { hosted-parameters: 1B } }");
        assertThat(run(catalog.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("hosted-parameters is", "is the least that would do")
                .doesNotContain("\tat ");
    }

    private int run(String... arguments) {
        return new ExplainMap()
                .run(
                        List.of(arguments),
                        new Terminal(
                                new PrintStream(out, true, UTF_8),
                                new PrintStream(err, true, UTF_8)));
    }

    private Path catalog(String map) throws IOException {
        Path pool = Files.createDirectories(folder.resolve("pool"));
        Files.writeString(
                pool.resolve("models.json"), "[{\"name\":\"small\"},{\"name\":\"large\"}]");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            for (String category : List.of("sums", "words")) {
                lines.append(
                        "{\"split\":\"%s\",\"category\":\"%s\",\"prompt\":\"%s %d\",\"scores\":{\"small\":%d,\"large\":%d}}%n"
                                .formatted(
                                        i % 4 == 0 ? "test" : "train",
                                        category,
                                        category,
                                        i,
                                        i % 2,
                                        i % 5 == 0 ? 0 : 1));
            }
        }
        try (GZIPOutputStream zipped =
                new GZIPOutputStream(Files.newOutputStream(pool.resolve("outcomes.jsonl.gz")))) {
            zipped.write(lines.toString().getBytes(UTF_8));
        }
        return Files.writeString(
                folder.resolve("catalog.yaml"),
                """
                version: 1
                categories: [{ id: sums, examples: [x] }, { id: words, examples: [y] }]
                experts:
                  - { id: small, parameters: 3B, local: { checkpoint: s } }
                  - { id: large, parameters: 70B, local: { checkpoint: l } }
                %s
                """
                        .formatted(map));
    }
}
