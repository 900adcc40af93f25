package io.consort.experts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.LocalBackend;
import io.consort.experts.PolicySettings;
import io.consort.experts.Price;
import io.consort.experts.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogFileTest {

    static final String WHOLE =
            """
            version: 1
            categories:
              - id: arithmetic
                description: Calculating with numbers and word problems.
                examples: ["What is 37 + 48?", "Ann has 12 pens."]
              - id: words
                examples-file: words.txt
            others: { examples: ["Sing!"] }
            experts:
              - id: abacus
                local: { checkpoint: starter/abacus }
                parameters: 3.1M
              - id: gpt
                openai:
                  base-url: "https://${HOST}/v1/"
                  api-key: "${KEY}"
                  model: gpt-x
                  include-usage: false
                  headers: { x-team: "a ${HOST}" }
                price: { input: 0.15, output: 0.60 }
                guard:
                  timeout: 30s
                  first-token: 500ms
                  between-tokens: 2m
                  retries: 1
                  breaker: { failures: 0.25, window: 8, delay: 1h }
                  concurrency: 32
              - { id: claude, anthropic: { api-key: "${KEY}", model: claude-x, max-tokens: 99 } }
              - { id: gem, gemini: { api-key: k, model: g, base-url: "http://localhost:8080" } }
            map: { arithmetic: [abacus, gpt], words: [claude] }
            policies:
              - id: default
                mapped: { fallback: gpt, abstain-below: 0.55 }
              - { id: cheap, pinned: { expert: abacus } }
            """;
    private static final Map<String, String> ENVIRONMENT = Map.of("HOST", "host", "KEY", "sk-1");

    @TempDir private Path folder = Path.of("");

    @Test
    void aLocalExpertSaysWhatItRunsOn() throws Exception {
        Catalog catalog =
                read(
                        """
                        version: 1
                        experts:
                          - { id: here, local: { checkpoint: a, backend: cuda } }
                          - { id: there, local: { checkpoint: b } }
                        """);
        assertThat(catalog.experts())
                .map(Expert::source)
                .containsExactly(
                        new ExpertSource.Local(folder.resolve("a"), LocalBackend.CUDA),
                        new ExpertSource.Local(folder.resolve("b"), LocalBackend.AUTO));
        assertThatThrownBy(() ->
                        read(
                                """
                                version: 1
                                experts:
                                  - { id: here, local: { checkpoint: a, backend: tpu } }
                                """))
                .hasMessageContaining("backend")
                .hasMessageContaining("tpu")
                .hasMessageContaining("auto, cpu or cuda");
    }

    @Test
    void aWholeFileIsRead() throws Exception {
        Files.writeString(folder.resolve("words.txt"), "Reverse cat\n\n  Spell dog  \n");
        Catalog catalog = read(WHOLE);
        assertThat(catalog.revision()).isOne();
        assertThat(catalog.categories())
                .map(category -> category.examples())
                .containsExactly(
                        List.of("What is 37 + 48?", "Ann has 12 pens."),
                        List.of("Reverse cat", "Spell dog"));
        assertThat(catalog.otherExamples()).containsExactly("Sing!");
        assertThat(catalog.expert("abacus"))
                .contains(
                        new Expert(
                                "abacus",
                                new ExpertSource.Local(folder.resolve("starter/abacus")),
                                OptionalLong.of(3_100_000),
                                Price.FREE,
                                GuardSettings.DEFAULT));
        assertThat(catalog.expert("gpt"))
                .contains(
                        new Expert(
                                "gpt",
                                new ExpertSource.OpenAi(
                                        URI.create("https://host/v1"),
                                        Optional.of(new Secret("sk-1")),
                                        "gpt-x",
                                        false,
                                        Map.of("x-team", new Secret("a host"))),
                                OptionalLong.empty(),
                                new Price(0.15, 0.6),
                                new GuardSettings(
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(500),
                                        Duration.ofMinutes(2),
                                        1,
                                        new GuardSettings.Breaker(0.25, 8, Duration.ofHours(1)),
                                        32)));
        assertThat(catalog.expert("claude").map(Expert::source))
                .contains(
                        new ExpertSource.Anthropic(
                                Optional.empty(), new Secret("sk-1"), "claude-x", 99));
        assertThat(catalog.expert("gem").map(Expert::source))
                .contains(
                        new ExpertSource.Gemini(
                                Optional.of(URI.create("http://localhost:8080")),
                                new Secret("k"),
                                "g"));
        assertThat(catalog.map())
                .isEqualTo(
                        Map.of("arithmetic", List.of("abacus", "gpt"), "words", List.of("claude")));
        assertThat(catalog.policies())
                .containsExactly(
                        new PolicySettings.Mapped("default", Optional.of("gpt"), 0.55),
                        new PolicySettings.Pinned("cheap", "abacus"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "version: 1 | version: 2 | :1: `version` is \"2\"; this program reads version 1",
                "version: 1 | # none | :2: `version` is missing; begin the file",
                "experts: | expertz: | :9: unknown key `expertz` in the file; did you mean `experts`?",
                "timeout: | timout: | :22: unknown key `timout` in `experts.gpt.guard`; did you mean `timeout`?",
                "retries: 1 | hedge: maybe | :25: `experts.gpt.guard.hedge` is \"maybe\"; write true or false",
                "retries: 1 | probe: 10ms | :25: `guard.probe` must be 1s or more",
                "30s | 30 seconds | :22: `experts.gpt.guard.timeout` is \"30 seconds\"; write a duration such as",
                "retries: 1 | retries: many | :25: `experts.gpt.guard.retries` is \"many\"; write a whole number",
                "retries: 1 | retries: 11 | :25: `guard.retries` must be 0 to 10",
                "failures: 0.25 | failures: 2 | :26: `guard.breaker.failures` must be above 0",
                "3.1M | 3.1Q | :12: `experts.abacus.parameters` is \"3.1Q\"; write a count such as",
                "${KEY} | ${NOKEY} | :16: `experts.gpt.openai.api-key` uses the environment variable NOKEY, which is not set; set NOKEY",
                "${KEY} | ${KEY | :16: `experts.gpt.openai.api-key` is \"...${...\"; close the variable",
                "https://${HOST}/v1/ | ftp://x | :15: `experts.gpt.openai.base-url` is \"ftp://x\"; write an address",
                "fallback: gpt | fallback: gtp | :33: `policies.default.mapped.fallback` names the expert \"gtp\", which the file does not describe; did you mean `gpt`?",
                "abstain-below: 0.55 | abstain-below: 7 | :33: `policies.mapped.abstain-below` must be between 0 and 1",
                "[abacus, gpt] | [abacus, nobody] | :30: `map.arithmetic` names the expert \"nobody\", which the file does not describe; known: abacus, claude, gem, gpt",
                "words: [claude] | word: [claude] | names the category \"word\", which the file does not describe; did you mean `words`?",
                "[abacus, gpt] | abacus | :30: `map.arithmetic` should be a list, not a value; write [a, b]",
                "id: gem | id: gpt | :29: the expert \"gpt\" is already on line 13; give each its own id",
                "id: gem | id: auto | :29: `experts.id` \"auto\" is reserved for routing",
                "id: words | id: a/b | `categories.id` is \"a/b\"; use 1 to 63 letters",
                "id: cheap, | ^^ | :34: `policies.id` is missing; give it one",
                "local: { | foo: { | :10: `experts.abacus` must come from exactly one source, not 0",
                "parameters: 3.1M | gemini: { api-key: k, model: g } | :10: `experts.abacus` must come from exactly one source, not 2",
                "include-usage: false | include-usage: no | :18: `experts.gpt.openai.include-usage` is \"no\"; write true or false",
                "input: 0.15 | input: -1 | :20: `price` must be 0 or more",
                "x-team: | x team: | :19: `experts.gpt.openai.headers.x team`",
                "model: gpt-x | model: [a] | :17: `experts.gpt.openai.model` should be text, not a list",
                "model: gpt-x | model: | :17: `experts.gpt.openai.model` should be text, not nothing",
                "max-tokens: 99 | max-tokens: 0 | :28: `experts.claude.anthropic.max-tokens` is \"0\"; write 1 or more",
                "words.txt | none.txt | :7: `categories.words.examples-file` is \"none.txt\"; that file cannot be read",
                "description: C | id: x | :4: the key `id` is in `categories.arithmetic` twice; remove one",
                "experts: | experts: [ | this is not YAML"
            })
    void everyMistakeIsToldWithItsLineAndARemedy(String right, String wrong, String message)
            throws Exception {
        Files.writeString(folder.resolve("words.txt"), "Spell dog\n");
        assertThat(WHOLE).contains(right);
        String text = WHOLE.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        CatalogFileException failure = failure(text);
        assertThat(failure.problems()).anySatisfy(problem -> assertThat(problem).contains(message));
        assertThat(failure).hasMessageStartingWith(folder.resolve("catalog.yaml") + ":");
    }

    @Test
    void allMistakesAreToldAtOnceInTheOrderOfTheFile() throws Exception {
        CatalogFileException failure =
                failure(
                        """
                        version: 3
                        experts:
                          - id: a
                            local: { checkpint: x }
                          - openai: { base-url: "nowhere", model: m }
                        map: { x: [b] }
                        policies: [{ id: p, pinned: {}, mapped: {} }]
                        """);
        assertThat(failure.problems())
                .map(problem -> problem.replaceFirst(".*catalog.yaml:(\\d+):.*", "$1"))
                .containsExactly("1", "4", "4", "5", "5", "6", "6", "7");
    }

    @Test
    void noSecretIsTold() throws Exception {
        CatalogFileException failure = failure(WHOLE.replace("model: gpt-x", "modle: gpt-x"));
        assertThat(failure).hasMessageNotContaining("sk-1");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        assertThatThrownBy(() -> CatalogFile.read(folder.resolve("no.yaml"), Map.of()))
                .isInstanceOf(CatalogFileException.class)
                .hasMessageContaining("no.yaml:1: the file cannot be read");
    }

    private Catalog read(String text) throws IOException, CatalogFileException {
        return CatalogFile.read(
                Files.writeString(folder.resolve("catalog.yaml"), text), ENVIRONMENT);
    }

    private CatalogFileException failure(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("catalog.yaml"), text);
        CatalogFileException failure =
                catchThrowableOfType(
                        CatalogFileException.class, () -> CatalogFile.read(file, ENVIRONMENT));
        assertThat(failure).as("a problem is found in%n%s", text).isNotNull();
        return failure;
    }
}
