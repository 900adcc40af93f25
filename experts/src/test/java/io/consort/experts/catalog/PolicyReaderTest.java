package io.consort.experts.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.consort.experts.PolicySettings;
import io.consort.experts.PolicySettings.Learned.Method;
import io.consort.experts.RecordedOutcomes;
import io.consort.experts.Thrift;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final String BEFORE =
            """
            version: 1
            experts:
              - { id: small, local: { checkpoint: s } }
              - { id: large, openai: { base-url: "http://h/v1", model: m } }
              - { id: claude, anthropic: { api-key: k, model: m } }
            policies:
            """;

    @TempDir private Path folder = Path.of("");

    @Test
    void everyKindIsRead() throws Exception {
        assertThat(
                        read(
                                """
                                  - { id: a, mapped: { explore: 0.1 } }
                                  - { id: b, neighbours: { outcomes: pool, fallback: large } }
                                  - { id: c, clusters: { outcomes: pool } }
                                  - { id: d, linear: { outcomes: pool, experts: { big/one: large } } }
                                  - { id: e, blend: { outcomes: pool, explore: 0.02 } }
                                  - { id: f, cost-aware: { outcomes: pool, budget: { usd-per-thousand-requests: 0.5 } } }
                                  - { id: g, cost-aware: { outcomes: pool, by: linear, lambda: 0.1 } }
                                  - { id: h, cascade: { experts: [small, large], confident-above: 0.7 } }
                                  - { id: i, cascade: { experts: [claude, large], samples: 3 } }
                                  - { id: j, descriptor: { writer: large, fallback: small } }
                                  - { id: k, mapped: { load-within: 2s } }
                                  - { id: l, cost-aware: { outcomes: pool, lambda: 0.1, load-cost: 0.05 } }
                                """))
                .containsExactly(
                        new PolicySettings.Mapped(
                                "a", Optional.empty(), 0.5, 0.1, Optional.empty()),
                        learned("b", Method.NEIGHBOURS, Optional.of("large"), Optional.empty()),
                        learned("c", Method.CLUSTERS, Optional.empty(), Optional.empty()),
                        new PolicySettings.Learned(
                                "d",
                                Method.LINEAR,
                                new RecordedOutcomes(
                                        folder.resolve("pool"), Map.of("big/one", "large")),
                                Optional.empty(),
                                Optional.empty(),
                                0,
                                0),
                        new PolicySettings.Learned(
                                "e",
                                Method.BLEND,
                                pool(),
                                Optional.empty(),
                                Optional.empty(),
                                0.02,
                                0),
                        learned(
                                "f",
                                Method.BLEND,
                                Optional.empty(),
                                Optional.of(new Thrift.Budget(0.5))),
                        learned(
                                "g",
                                Method.LINEAR,
                                Optional.empty(),
                                Optional.of(new Thrift.Rate(0.1))),
                        new PolicySettings.Cascade(
                                "h", List.of("small", "large"), OptionalInt.empty(), 0.7),
                        new PolicySettings.Cascade(
                                "i", List.of("claude", "large"), OptionalInt.of(3), 0.8),
                        new PolicySettings.Descriptor("j", "large", Optional.of("small"), 0),
                        new PolicySettings.Mapped(
                                "k", Optional.empty(), 0.5, 0, Optional.of(Duration.ofSeconds(2))),
                        new PolicySettings.Learned(
                                "l",
                                Method.BLEND,
                                pool(),
                                Optional.empty(),
                                Optional.of(new Thrift.Rate(0.1)),
                                0,
                                0.05));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blend: {} | `policies.p.blend.outcomes` is missing; name the folder of an outcome set",
                "blend: { outcomes: o, explore: 2 } | `policies.explore` must be between 0 and 1",
                "blend: { outcomes: o, budget: {} } | unknown key `budget` in `policies.p.blend`",
                "cost-aware: { outcomes: o } | `policies.p.cost-aware` must say what money counts, once; give either",
                "cost-aware: { outcomes: o, lambda: 1, budget: { usd-per-thousand-requests: 1 } } | must say what money counts, once",
                "mapped: { load-within: soon } | `policies.p.mapped.load-within` is \"soon\"; write a duration such as",
                "blend: { outcomes: o, load-cost: 0.1 } | unknown key `load-cost` in `policies.p.blend`",
                "cost-aware: { outcomes: o, lambda: 1, load-cost: -1 } | `policies.cost-aware.load-cost` must be between 0 and 1",
                "cost-aware: { outcomes: o, lambda: -1 } | `policies.cost-aware.lambda` must be above 0, not -1.0",
                "cost-aware: { outcomes: o, budget: { usd: 1 } } | unknown key `usd`",
                "cost-aware: { outcomes: o, lambda: 1, by: blends } | `policies.p.cost-aware.by` is \"blends\"; did you mean `blend`?",
                "linear: { outcomes: o, experts: { m: lage } } | names the expert \"lage\", which the file does not describe; did you mean `large`?",
                "cascade: {} | `policies.p.cascade.experts` is missing; list at least two",
                "cascade: { experts: [small] } | must name at least two different experts",
                "cascade: { experts: [claude, large] } | `policies.p.cascade.experts` needs the log-probabilities of claude, whose provider gives none; compare samples instead",
                "cascade: { experts: [small, large], samples: 1 } | `policies.cascade.samples` must be 2 to 10",
                "cascade: { experts: [small, large], confident-above: 80 } | `policies.cascade.confident-above` must be between 0 and 1",
                "descriptor: {} | `policies.p.descriptor.writer` is missing; name the expert",
                "descriptor: { writer: smal } | did you mean `small`?",
                "pined: { expert: small } | unknown key `pined`",
            })
    void everyMistakeIsToldWithItsLineAndARemedy(String policy, String message) throws IOException {
        Path file = write("  - id: p\n    " + policy + "\n");
        CatalogFileException failure =
                catchThrowableOfType(
                        CatalogFileException.class, () -> CatalogFile.read(file, Map.of()));
        assertThat(failure).as(policy).isNotNull();
        assertThat(failure.problems())
                .anySatisfy(problem -> assertThat(problem).contains(message))
                .allSatisfy(problem -> assertThat(problem).containsPattern(":[78]: "));
    }

    private PolicySettings learned(
            String id, Method method, Optional<String> fallback, Optional<Thrift> thrift) {
        return new PolicySettings.Learned(id, method, pool(), fallback, thrift, 0, 0);
    }

    private RecordedOutcomes pool() {
        return new RecordedOutcomes(folder.resolve("pool"), Map.of());
    }

    private List<PolicySettings> read(String policies) throws Exception {
        return CatalogFile.read(write(policies), Map.of()).policies();
    }

    private Path write(String policies) throws IOException {
        return Files.writeString(folder.resolve("catalog.yaml"), BEFORE + policies);
    }
}
