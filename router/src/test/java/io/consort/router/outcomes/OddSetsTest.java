package io.consort.router.outcomes;

import static io.consort.router.outcomes.EvalFolder.POOL;
import static io.consort.router.outcomes.EvalFolder.accuracy;
import static io.consort.router.outcomes.EvalFolder.line;
import static io.consort.router.outcomes.EvalFolder.row;
import static io.consort.router.outcomes.EvalFolder.twoKinds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets with something missing, strange or broken are evaluated, or refused by name. */
final class OddSetsTest {

    @TempDir private Path folder;

    private EvalFolder set = new EvalFolder(Path.of("."));

    @BeforeEach
    void open() {
        set = new EvalFolder(folder);
    }

    @Test
    void onAPromptOnlyModelsWithAScoreAreChosen() throws IOException {
        List<String> lines = new ArrayList<>(twoKinds());
        lines.add(line("test", "verse", "a verse nobody asked the poet", "\"coder\": 0.25"));
        lines.add(line("test", "verse", "a verse lost", "\"poet\": null"));
        set.write(POOL, lines);
        JsonNode report = set.json();
        assertThat(report.path("test").asInt()).isEqualTo(25);
        for (JsonNode row : report.path("rows")) {
            if (!row.path("name").asText().matches("best-single|random|cost-aware")) {
                assertThat(row.path("accuracy").asDouble()).isCloseTo(24.25 / 25, within(1e-9));
            }
        }
        assertThat(set.err()).contains("1 prompts without any score are left out");
    }

    @Test
    void otherScriptsDuplicatesEmptyAndVeryLongPromptsWork() throws IOException {
        String long100kB = "long verse ".repeat(10_000);
        set.write(
                POOL,
                List.of(
                        line("train", "verse", "同じ詩", "\"poet\": 1, \"coder\": 0"),
                        line("train", "verse", "同じ詩", "\"poet\": 1, \"coder\": 0"),
                        line("train", "verse", "قصيدة 🎶", "\"poet\": 1, \"coder\": 0"),
                        line("train", "verse", long100kB, "\"poet\": 0.5"),
                        line("test", "unseen", "", "\"poet\": 1, \"coder\": 0"),
                        line("test", "verse", "คำกลอน", "\"poet\": 1, \"coder\": 0"),
                        line("test", "verse", long100kB, "\"poet\": 1, \"coder\": 0")));
        JsonNode report = set.json();
        for (Method method : Method.values()) {
            assertThat(accuracy(report, method.label())).as(method.label()).isEqualTo(1);
        }
    }

    @Test
    void oneModelIsItsOwnRouter() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            lines.add(
                    line(
                            i % 2 == 0 ? "test" : "train",
                            "all",
                            "query " + i,
                            "\"only\": %s".formatted(i % 4 < 2 ? 1 : 0)));
        }
        set.write("[{\"name\": \"only\", \"usd_per_mtok_out\": 1}]", lines);
        JsonNode report = set.json();
        for (JsonNode row : report.path("rows")) {
            assertThat(row.path("accuracy").asDouble()).isEqualTo(0.5);
            assertThat(row.path("gain").asDouble()).isZero();
        }
        assertThat(row(report, "mapped").path("gap_share").isNull()).isTrue();
        assertThat(set.run("--plot", folder.resolve("one.svg").toString())).isZero();
        assertThat(Files.readString(folder.resolve("one.svg"))).doesNotContain("NaN");
    }

    @Test
    void oneCategoryLeavesTheWorkToTheNeighbours() throws IOException {
        List<String> lines =
                twoKinds().stream()
                        .map(line ->
                                line.replaceAll("\"category\": \"\\w+\"", "\"category\": \"x\""))
                        .toList();
        set.write(POOL, lines);
        JsonNode report = set.json();
        assertThat(accuracy(report, "mapped")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(accuracy(report, "neighbours")).isEqualTo(1);
        assertThat(accuracy(report, "blend")).isEqualTo(1);
    }

    @Test
    void everyPromptMayHaveACategoryOfItsOwn() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            boolean verse = i % 2 == 0;
            lines.add(
                    line(
                            i < 590 ? "train" : "test",
                            "category " + i,
                            (verse ? "verse " : "code ") + i,
                            verse ? "\"poet\": 1, \"coder\": 0" : "\"poet\": 0, \"coder\": 1"));
        }
        set.write(POOL, lines);
        JsonNode report = set.json("--policies", "mapped,neighbours");
        assertThat(accuracy(report, "neighbours")).isEqualTo(1);
        assertThat(report.path("category_accuracy").asDouble()).isZero();
    }

    @Test
    void kindsThatTrainLacksAreReportedApart() throws IOException {
        List<String> lines = new ArrayList<>(twoKinds());
        lines.add(line("test", "tales", "tale", "\"poet\": 1, \"coder\": 0.5", ", \"ood\": true"));
        lines.add(line("test", "tales", "tale 2", "\"poet\": 1, \"coder\": 0", ", \"ood\": true"));
        set.write(POOL, lines);
        JsonNode report = set.json();
        assertThat(row(report, "oracle").path("accuracy_ood").asDouble()).isEqualTo(1);
        assertThat(row(report, "best-single").path("accuracy_ood").asDouble()).isEqualTo(0.25);
    }

    @Test
    void aModelThatWasNeverAskedInTrainIsNotChosen() throws IOException {
        List<String> lines = new ArrayList<>(twoKinds());
        String pool =
                POOL.strip().replaceFirst("]$", ", {\"name\": \"mute\", \"active_params_b\": 1}]");
        lines.add(line("test", "code", "code 99", "\"poet\": 0, \"coder\": 1, \"mute\": 1"));
        set.write(pool, lines);
        JsonNode report = set.json();
        assertThat(accuracy(report, "blend")).isEqualTo(1);
        assertThat(row(report, "blend").path("active_params_b").asDouble()).isGreaterThan(6);
    }

    @Test
    void whatIsNoOutcomeSetIsRefusedByName() throws IOException {
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains("has no file models.json");
        String good = line("train", "verse", "p", "\"poet\": 1");
        String test = line("test", "verse", "p", "\"poet\": 1");
        refused(List.of(good), "no scored line of the split 'test'");
        refused(List.of(test), "no scored line of the split 'train'");
        refused(List.of(), "no scored line of the split 'train'");
        refused(List.of(good, "{\"split\":"), "outcomes.jsonl.gz line 2 is not JSON");
        refused(List.of(line("dev", "c", "p", "\"poet\": 1")), "line 1: 'split' must be");
        refused(
                List.of(good, test, "{\"prompt\":\"p\",\"scores\":{\"poet\":1}}"),
                "1 of 3 lines have no 'split'; give");
        refused(List.of(good + test), "line 1 is not JSON: more than one value stands there");
        refused(List.of(line("test", "c", "p", "\"poet\": 7")), "the score of 'poet' is 7");
        refused(List.of(line("test", "c", "p", "\"bard\": 1")), "'bard' is not in models.json");
        refused(List.of("{\"split\":\"test\",\"prompt\":\"p\"}"), "'scores' must map models");
        refused(List.of("{\"split\":\"test\",\"scores\":{}}"), "'prompt' must be a text");
        refused(List.of(line("test", "c", "p", "\"poet\": NaN")), "the score of 'poet' is \"NaN\"");
        refused(
                List.of(line("test", "c", "p", "\"poet\": \"1\"")),
                "the score of 'poet' is \"1\"; it must be a number from 0 to 1, or null");
    }

    @Test
    void strangeCostsAndLogProbabilitiesAreRefusedByName() throws IOException {
        refusedBeside(
                "\"cost_usd\": {\"poet\": -1}",
                "the cost of 'poet' is -1; it must be a number of 0");
        refusedBeside("\"cost_usd\": {\"poet\": \"free\"}", "the cost of 'poet' is \"free\"");
        refusedBeside("\"cost_usd\": 5", "'cost_usd' must map models to numbers");
        refusedBeside("\"tokens\": {\"poet\": -5}", "the number of tokens of 'poet' is -5");
        refusedBeside(
                "\"logprobs\": {\"poet\": 0.9}",
                "the log-probability of 'poet' is 0.9; it must be a number of 0 or less, or null");
    }

    @Test
    void aSetWithoutSplitsIsPartedByIdsAndEqualTextsStayTogether() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            lines.add(
                    "{\"id\": \"%d\", \"prompt\": \"verse %d\", \"scores\": {\"poet\": 1}}"
                            .formatted(i, i / 2));
        }
        set.write(POOL, lines);
        JsonNode report = set.json("--policies", "mapped");
        assertThat(report.path("test").asInt()).isBetween(80, 160).isEven();
        assertThat(set.err()).contains("no line has a 'split'").doesNotContain("stand in train");
    }

    @Test
    void marksOfByteOrderAndLinesOfWindowsAreNoMatter() throws IOException {
        List<String> lines = new ArrayList<>(twoKinds());
        lines.replaceAll(line -> line + "\r");
        lines.addFirst("\uFEFF" + lines.removeFirst());
        set.write("\uFEFF" + POOL, lines);
        assertThat(accuracy(set.json("--policies", "mapped"), "mapped")).isEqualTo(1);
    }

    @Test
    void equalScoresHaveAPictureToo() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            lines.add(
                    line(
                            i % 3 == 0 ? "test" : "train",
                            "verse",
                            "verse " + i,
                            "\"poet\": 0.1, \"coder\": 0.1"));
        }
        set.write(POOL, lines);
        Path picture = folder.resolve("equal.svg");
        assertThat(set.run("--plot", picture.toString())).as(set.err()).isZero();
        assertThat(Files.size(picture)).isLessThan(100_000);
    }

    @Test
    void aFileThatIsCutOffOrNotCompressedIsRefusedByName() throws IOException {
        set.write(POOL, twoKinds());
        Path file = folder.resolve("outcomes.jsonl.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 40));
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains("outcomes.jsonl.gz is not whole or not compressed by gzip");
        Files.writeString(file, "{}\n");
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains("outcomes.jsonl.gz is not whole or not compressed by gzip");
        Files.writeString(file, "");
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains("outcomes.jsonl.gz is not whole or not compressed by gzip");
        set.write("[{\"name\": \"poet\", \"params_b\": -3}]", twoKinds());
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains("'params_b' of 'poet' is -3");
    }

    private void refused(List<String> lines, String why) throws IOException {
        set.write(POOL, lines);
        assertThat(set.run()).isEqualTo(1);
        assertThat(set.err()).contains(why);
    }

    private void refusedBeside(String further, String why) throws IOException {
        refused(List.of(line("test", "c", "p", "\"poet\": 1", ", " + further)), why);
    }
}
