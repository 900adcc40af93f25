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
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

final class EvalRouterTest {

    private static final String PRICED =
            """
            [{"name": "poet", "params_b": 7.0, "active_params_b": 7.0, "usd_per_mtok_out": 0.5},
             {"name": "coder", "params_b": 9.0, "active_params_b": 9.0, "usd_per_mtok_out": 2.0}]
            """;

    @TempDir private Path folder;

    private EvalFolder set = new EvalFolder(Path.of("."));

    @BeforeEach
    void open() {
        set = new EvalFolder(folder);
    }

    @Test
    void everyPolicySendsEachKindOfPromptToTheModelThatIsGoodAtIt() throws IOException {
        set.write(POOL, twoKinds());
        JsonNode report = set.json();
        assertThat(report.path("set").asText()).isEqualTo(folder.getFileName().toString());
        assertThat(report.path("test").asInt()).isEqualTo(24);
        for (Method method : Method.values()) {
            assertThat(accuracy(report, method.label())).as(method.label()).isEqualTo(1);
        }
        assertThat(accuracy(report, "best-single")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(accuracy(report, "random")).isCloseTo(0.5, within(1e-9));
        assertThat(accuracy(report, "gold-category-map")).isEqualTo(1);
        assertThat(accuracy(report, "oracle")).isEqualTo(1);
        assertThat(report.path("category_accuracy").asDouble()).isEqualTo(1);
        assertThat(report.path("abstention")).hasSize(7);
    }

    @Test
    void aRowHasItsFiguresAndNullWhereTheyAreUnknown() throws IOException {
        set.write(POOL, twoKinds());
        JsonNode report = set.json("--policies", "mapped");
        assertThat(report.path("rows")).hasSize(5);
        JsonNode mapped = row(report, "mapped");
        assertThat(mapped.path("active_params_b").asDouble())
                .isCloseTo(7 / 3.0 + 2 * 9 / 3.0, within(1e-9));
        assertThat(mapped.path("cost_usd").isNull()).isTrue();
        assertThat(mapped.path("usd_per_mtok").isNull()).isTrue();
        assertThat(mapped.path("accuracy_ood").isNull()).isTrue();
        assertThat(mapped.path("ms_per_prompt").asDouble()).isPositive();
        assertThat(mapped.path("ms_p99").asDouble())
                .isGreaterThanOrEqualTo(mapped.path("ms_p50").asDouble());
        assertThat(mapped.path("stderr").asDouble()).isZero();
        assertThat(mapped.path("gain").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(mapped.path("gain_stderr").asDouble())
                .isCloseTo(Math.sqrt(2 / 9.0 / 24), within(0.01));
        assertThat(mapped.path("gap_share").asDouble()).isCloseTo(1, within(1e-9));
        JsonNode single = row(report, "best-single");
        assertThat(single.path("ms_per_prompt").isNull()).isTrue();
        assertThat(single.path("stderr").asDouble())
                .isCloseTo(Math.sqrt(2 / 9.0 / 24), within(0.01));
        assertThat(single.path("gap_to_oracle").asDouble()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void recordedCostsAreAveragedAndTokensArePriced() throws IOException {
        set.write(
                "[{\"name\": \"a\", \"usd_per_mtok_out\": 2.0}]",
                List.of(
                        line("train", "", "p", "\"a\": 1", ", \"cost_usd\": {\"a\": 0.1}"),
                        line("test", "", "p", "\"a\": 1", ", \"cost_usd\": {\"a\": 0.5}"),
                        line("test", "", "q", "\"a\": 0", ", \"tokens\": {\"a\": 250000}")));
        JsonNode report = set.json();
        assertThat(row(report, "mapped").path("cost_usd").asDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(row(report, "mapped").path("cost").asDouble()).isCloseTo(500, within(1e-6));
        assertThat(report.path("cost_unit").asText()).isEqualTo("USD per 1,000 requests");
        assertThat(accuracy(report, "oracle")).isEqualTo(0.5);
        assertThat(set.err()).contains("1 test prompts stand in train too");
    }

    @Test
    void whereBothAreAsGoodTheCheaperIsEnough() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean easy = i % 2 == 0;
            lines.add(
                    line(
                            i % 3 == 0 ? "test" : "train",
                            easy ? "verse" : "code",
                            (easy ? "verse " : "code ") + i,
                            easy ? "\"poet\": 1, \"coder\": 0.9" : "\"poet\": 0, \"coder\": 1"));
        }
        set.write(PRICED, lines);
        JsonNode thrifty = row(set.json(), "cost-aware");
        assertThat(thrifty.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(thrifty.path("cost").asDouble()).isCloseTo(1.25, within(0.02));
        assertThat(thrifty.path("cost_share_at_best_single_score").asDouble())
                .isCloseTo(1.25 / 2, within(0.01));
    }

    @Test
    void aBudgetIsKeptByEveryPolicyAndTheMapIsExplained() throws IOException {
        set.write(PRICED, twoKinds());
        JsonNode report = set.json("--budget", "hosted-parameters=8B");
        for (Contender contender : Contender.values()) {
            if (contender != Contender.CASCADE) {
                assertThat(row(report, contender.label()).path("active_params_b").asDouble())
                        .as(contender.label())
                        .isEqualTo(7);
            }
        }
        JsonNode map = report.path("map");
        assertThat(map.path("proven").asBoolean()).isTrue();
        assertThat(map.path("categories")).hasSize(2);
        assertThat(map.path("categories").path(0).path("reason").asText())
                .contains("coder would score", "but then hosted-parameters would be 16.00 billion");
        assertThat(report.path("map_frontier").path("points")).hasSize(3);
        assertThat(set.run("--budget", "usd-per-thousand-requests=1.0")).isZero();
        assertThat(set.out()).contains("the best map within the budgets is expected to score");
        JsonNode mean = set.json("--policies", "mapped", "--budget", "active-parameters=8B");
        assertThat(row(mean, "mapped").path("active_params_b").asDouble()).isLessThan(8);
    }

    @Test
    void aBudgetThatCannotBeKeptIsRefusedByName() throws IOException {
        set.write(PRICED, twoKinds());
        assertThat(set.run("--budget", "active-parameters=1B")).isEqualTo(1);
        assertThat(set.err())
                .contains("active-parameters is 1.00 billion", "7.00 billion parameters is the");
        assertThat(set.run("--budget", "latency=800ms")).isEqualTo(1);
        assertThat(set.err()).contains("add 'latency_ms' there");
        assertThat(set.run("--budget", "speed=3")).isEqualTo(2);
        assertThat(set.err()).contains("no budget 'speed'; choose from hosted-parameters");
        assertThat(set.run("--budget", "latency")).isEqualTo(2);
        assertThat(set.err()).contains("--budget needs NAME=VALUE");
        assertThat(set.run("--budget", "latency=fast")).isEqualTo(2);
        assertThat(set.err()).contains("not 'fast'");
        assertThat(set.run("--budget", "latency=1e999")).isEqualTo(2);
        assertThat(set.err()).contains("not '1e999'");
    }

    @Test
    void aCascadeAsksTheBestModelWhereTheCheapOneWasNotSure() throws IOException {
        Random random = new Random(2);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            boolean sure = random.nextBoolean();
            lines.add(
                    line(
                            i % 3 == 0 ? "test" : "train",
                            "all",
                            "query " + i,
                            sure ? "\"poet\": 1, \"coder\": 1" : "\"poet\": 0, \"coder\": 1",
                            ", \"logprobs\": {\"poet\": %s}".formatted(sure ? -0.1 : -2)));
        }
        set.write(PRICED, lines);
        JsonNode cascade = row(set.json("--policies", "cascade"), "cascade");
        assertThat(cascade.path("accuracy").asDouble()).isEqualTo(1);
        assertThat(cascade.path("cost").asDouble()).isBetween(1.2, 1.8);
    }

    @Test
    void sentencesAboutTheModelsCanStandForTheirPrompts(@TempDir Path other) throws IOException {
        set.write(POOL, twoKinds());
        Path file =
                Files.writeString(
                        other.resolve("sentences.json"),
                        "{\"poet\": \"verses\", \"coder\": \"codes\"}");
        JsonNode report = set.json("--policies", "descriptor", "--descriptors", file.toString());
        assertThat(accuracy(report, "descriptor")).isEqualTo(1);
        Files.writeString(file, "{\"poet\": \"codes\", \"coder\": \"verses\"}");
        JsonNode confused = set.json("--policies", "descriptor", "--descriptors", file.toString());
        assertThat(accuracy(confused, "descriptor")).isLessThan(1);
        Files.writeString(file, "{\"poet\": \"verses\"}");
        assertThat(set.run("--descriptors", file.toString())).isEqualTo(1);
        assertThat(set.err()).contains("no sentence about the model 'coder'");
        assertThat(set.run("--descriptors", other.resolve("no").toString())).isEqualTo(1);
        assertThat(set.err()).contains("correct --descriptors");
    }

    @Test
    void whatACascadeNeedsIsSaidWhereItIsMissing() throws IOException {
        set.write(POOL, twoKinds());
        assertThat(set.json("--policies", "cascade").path("rows")).hasSize(4);
        assertThat(set.err()).contains("cascade needs token log-probabilities");
    }

    @Test
    void theSameSeedGivesTheSameFigures() throws IOException {
        set.write(POOL, twoKinds());
        JsonNode one = set.json("--seed", "7");
        JsonNode other = set.json("--seed", "7");
        for (int i = 0; i < one.path("rows").size(); i++) {
            for (String figure :
                    List.of("name", "accuracy", "stderr", "gain_stderr", "score_ece", "curve")) {
                assertThat(one.path("rows").path(i).path(figure))
                        .isEqualTo(other.path("rows").path(i).path(figure));
            }
        }
        assertThat(one.path("map")).isEqualTo(other.path("map"));
    }

    @Test
    void peopleGetATable() throws IOException {
        set.write(POOL, twoKinds());
        assertThat(set.run("--policies", "mapped,neighbours")).isZero();
        assertThat(set.out())
                .contains("2 models, fitted on 48 prompts, reported on 24")
                .containsPattern(
                        "mapped +100\\.00 +0\\.00 +\\+33\\.33 +\\d\\.\\d\\d +100 % +0\\.00 +8\\.3 ")
                .contains("neighbours")
                .contains("surest share routed")
                .doesNotContain("clusters");
    }

    @Test
    void thePictureNamesEveryPolicyAndModel() throws Exception {
        set.write(PRICED, twoKinds());
        Path picture = folder.resolve("frontier.svg");
        assertThat(set.run("--plot", picture.toString())).isZero();
        String svg = Files.readString(picture);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains(">best-single</text>", ">mapped</text>", ">blend</text>", ">coder</text>")
                .contains("mean cost, USD per million tokens", "mean score on test, %")
                .doesNotContain("NaN");
    }

    @Test
    void aPictureWithoutCostsIsRefused() throws IOException {
        set.write("[{\"name\": \"poet\"}, {\"name\": \"coder\"}]", twoKinds());
        assertThat(set.run("--plot", folder.resolve("no.svg").toString())).isEqualTo(1);
        assertThat(set.err())
                .contains("--plot needs costs: record 'cost_usd'")
                .doesNotContain("fitting");
        assertThat(set.run()).isZero();
        assertThat(set.err()).contains("cost-aware needs costs");
    }

    @Test
    void aPictureThatCannotBeWrittenIsRefusedBeforeAnythingIsFitted() throws IOException {
        set.write(PRICED, twoKinds());
        String picture = folder.resolve("nowhere").resolve("no.svg").toString();
        assertThat(set.run("--plot", picture)).isEqualTo(1);
        assertThat(set.err()).contains("--plot cannot write " + picture).doesNotContain("fitting");
    }

    @Test
    void wrongArgumentsAreAnsweredWithTheUsage() {
        assertThat(set.run("--policies", "magic")).isEqualTo(2);
        assertThat(set.err())
                .contains("no policy 'magic'; choose from mapped")
                .contains("--seed N");
        assertThat(set.run("--seed", "x")).isEqualTo(2);
        assertThat(set.run("--json", "--seed")).isEqualTo(2);
        assertThat(set.run("another")).isEqualTo(2);
        assertThat(set.run("--help")).isZero();
        assertThat(set.out()).contains("consort eval-router DIR");
    }
}
