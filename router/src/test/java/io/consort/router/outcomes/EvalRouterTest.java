package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.router.FakeEmbedder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvalRouterTest {

    private static final String POOL =
            """
            [{"name": "poet", "active_params_b": 7.0, "usd_per_mtok_out": 0.5},
             {"name": "coder", "active_params_b": 9.0, "usd_per_mtok_out": null}]
            """;

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everyPolicySendsEachKindOfPromptToTheModelThatIsGoodAtIt() throws IOException {
        write(POOL, twoKinds());
        JsonNode report = json("--json");
        assertThat(report.path("set").asText()).isEqualTo(folder.getFileName().toString());
        assertThat(report.path("test").asInt()).isEqualTo(24);
        for (Method method : Method.values()) {
            assertThat(accuracy(report, method.label())).as(method.label()).isEqualTo(1);
        }
        assertThat(accuracy(report, "best-single")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(accuracy(report, "random")).isCloseTo(0.5, within(1e-9));
        assertThat(accuracy(report, "gold-category-map")).isEqualTo(1);
        assertThat(accuracy(report, "oracle")).isEqualTo(1);
    }

    @Test
    void aRowHasItsFiguresAndNullWhereTheyAreUnknown() throws IOException {
        write(POOL, twoKinds());
        JsonNode report = json("--json", "--policies", "mapped");
        assertThat(report.path("rows")).hasSize(5);
        JsonNode mapped = row(report, "mapped");
        assertThat(mapped.path("active_params_b").asDouble())
                .isCloseTo(7 / 3.0 + 2 * 9 / 3.0, within(1e-9));
        assertThat(mapped.path("cost_usd").isNull()).isTrue();
        assertThat(mapped.path("ms_per_prompt").asDouble()).isPositive();
        assertThat(mapped.path("stderr").asDouble()).isZero();
        JsonNode single = row(report, "best-single");
        assertThat(single.path("ms_per_prompt").isNull()).isTrue();
        assertThat(single.path("stderr").asDouble())
                .isCloseTo(Math.sqrt(2 / 9.0 / 24), within(0.01));
    }

    @Test
    void recordedCostsAreAveragedAndTokensArePriced() throws IOException {
        String priced =
                """
                [{"name": "a", "usd_per_mtok_out": 2.0}]
                """;
        write(
                priced,
                List.of(
                        "{\"split\":\"train\",\"prompt\":\"p\",\"scores\":{\"a\":1}}",
                        "{\"split\":\"test\",\"prompt\":\"p\",\"scores\":{\"a\":1},\"cost_usd\":{\"a\":0.5}}",
                        "{\"split\":\"test\",\"prompt\":\"q\",\"scores\":{\"a\":0},\"tokens\":{\"a\":250000}}"));
        JsonNode report = json("--json");
        assertThat(row(report, "mapped").path("cost_usd").asDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(accuracy(report, "oracle")).isEqualTo(0.5);
    }

    @Test
    void onAPromptOnlyModelsWithAScoreAreChosen() throws IOException {
        List<String> lines = new ArrayList<>(twoKinds());
        lines.add(line("test", "verse", "a verse nobody asked the poet", "\"coder\": 0.25"));
        lines.add(line("test", "verse", "a verse lost", "\"poet\": null"));
        write(POOL, lines);
        JsonNode report = json("--json");
        assertThat(report.path("test").asInt()).isEqualTo(25);
        for (JsonNode row : report.path("rows")) {
            if (!row.path("name").asText().matches("best-single|random")) {
                assertThat(row.path("accuracy").asDouble()).isCloseTo(24.25 / 25, within(1e-9));
            }
        }
        assertThat(text(err)).contains("1 prompts without any score are left out");
    }

    @Test
    void oddSetsWork() throws IOException {
        String long100kB = "long verse ".repeat(10_000);
        write(
                POOL,
                List.of(
                        line("train", "verse", "同じ詩", "\"poet\": 1, \"coder\": 0"),
                        line("train", "verse", "同じ詩", "\"poet\": 1, \"coder\": 0"),
                        line("train", "verse", long100kB, "\"poet\": 0.5"),
                        line("test", "unseen", "", "\"poet\": 1, \"coder\": 0"),
                        line("test", "verse", long100kB, "\"poet\": 1, \"coder\": 0")));
        JsonNode report = json("--json");
        for (Method method : Method.values()) {
            assertThat(accuracy(report, method.label())).as(method.label()).isEqualTo(1);
        }
    }

    @Test
    void theSameSeedGivesTheSameFigures() throws IOException {
        write(POOL, twoKinds());
        JsonNode one = json("--json", "--seed", "7");
        out.reset();
        JsonNode other = json("--json", "--seed", "7");
        for (int i = 0; i < one.path("rows").size(); i++) {
            for (String figure : List.of("name", "accuracy", "stderr", "active_params_b")) {
                assertThat(one.path("rows").path(i).path(figure))
                        .isEqualTo(other.path("rows").path(i).path(figure));
            }
        }
    }

    @Test
    void peopleGetATable() throws IOException {
        write(POOL, twoKinds());
        assertThat(run("--policies", "mapped,neighbours")).isZero();
        assertThat(text(out))
                .contains("2 models, fitted on 48 prompts, reported on 24")
                .containsPattern("mapped +100\\.00 +0\\.00 +\\+33\\.33 +8\\.3 +- +- ")
                .contains("neighbours")
                .doesNotContain("clusters");
    }

    @Test
    void whatIsNoOutcomeSetIsRefusedByName() throws IOException {
        assertThat(run()).isEqualTo(1);
        assertThat(text(err)).contains("has no file models.json");
        String good = line("train", "verse", "p", "\"poet\": 1");
        refused(List.of(good), "no scored line of the split 'test'");
        refused(List.of(good, "{\"split\":"), "outcomes.jsonl.gz line 2 is not JSON");
        refused(List.of(line("dev", "c", "p", "\"poet\": 1")), "line 1: 'split' must be");
        refused(List.of(line("test", "c", "p", "\"poet\": 7")), "the score of 'poet' is 7");
        refused(List.of(line("test", "c", "p", "\"bard\": 1")), "'bard' is not in models.json");
        refused(List.of("{\"split\":\"test\",\"prompt\":\"p\"}"), "'scores' must map models");
        refused(List.of("{\"split\":\"test\",\"scores\":{}}"), "'prompt' must be a text");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheUsage() {
        assertThat(run("--policies", "magic")).isEqualTo(2);
        assertThat(text(err))
                .contains("no policy 'magic'; choose from mapped")
                .contains("--seed N");
        assertThat(run("--seed", "x")).isEqualTo(2);
        assertThat(run("--json", "--seed")).isEqualTo(2);
        assertThat(run("another")).isEqualTo(2);
        assertThat(run("--help")).isZero();
        assertThat(text(out)).contains("consort eval-router DIR");
    }

    private void refused(List<String> lines, String why) throws IOException {
        write(POOL, lines);
        err.reset();
        assertThat(run()).isEqualTo(1);
        assertThat(text(err)).contains(why);
    }

    /** Two thirds code, which the coder answers, and one third verse, which the poet does. */
    private static List<String> twoKinds() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 72; i++) {
            String split = i % 3 == 0 ? "test" : "train";
            boolean verse = i / 3 % 3 == 0;
            lines.add(
                    line(
                            split,
                            verse ? "verse" : "code",
                            (verse ? "verse about number " : "code for number ") + i,
                            verse ? "\"poet\": 1, \"coder\": 0" : "\"poet\": 0, \"coder\": 1"));
        }
        return lines;
    }

    private static String line(String split, String category, String prompt, String scores) {
        return "{\"split\": \"%s\", \"category\": \"%s\", \"prompt\": \"%s\", \"scores\": {%s}}"
                .formatted(split, category, prompt, scores);
    }

    private void write(String models, List<String> lines) throws IOException {
        Files.writeString(folder.resolve("models.json"), models);
        try (Writer writer =
                new OutputStreamWriter(
                        new GZIPOutputStream(
                                Files.newOutputStream(folder.resolve("outcomes.jsonl.gz"))),
                        StandardCharsets.UTF_8)) {
            for (String line : lines) {
                writer.write(line + "\n");
            }
        }
    }

    private JsonNode json(String... options) throws IOException {
        assertThat(run(options)).as(text(err)).isZero();
        return new ObjectMapper().readTree(text(out));
    }

    private int run(String... options) {
        List<String> args = new ArrayList<>(List.of(folder.toString()));
        args.addAll(List.of(options));
        return EvalRouter.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> new FakeEmbedder(text -> text.isEmpty() ? "verse" : text.substring(0, 1)));
    }

    private static double accuracy(JsonNode report, String name) {
        return row(report, name).path("accuracy").asDouble();
    }

    private static JsonNode row(JsonNode report, String name) {
        for (JsonNode row : report.path("rows")) {
            if (row.path("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no row " + name);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
