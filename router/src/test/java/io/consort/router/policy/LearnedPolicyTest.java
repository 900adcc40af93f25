package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.PolicySettings.Learned;
import io.consort.experts.PolicySettings.Learned.Method;
import io.consort.experts.RecordedOutcomes;
import io.consort.experts.Thrift;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import io.consort.router.signal.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LearnedPolicyTest {

    private static final String COSTS =
            ",\"cost_usd\":{\"apple\":0.001,\"smith\":0.01,\"big/general\":0.0001,\"absent\":0}";

    @TempDir private Path folder = Path.of("");

    private final FakeEmbedder embedder = new FakeEmbedder(text -> text.substring(0, 5));

    @ParameterizedTest
    @EnumSource(Method.class)
    void everyMethodAsksWhoDidBestOnSuchQueries(Method method) throws IOException {
        Policy policy = make(method, Optional.of("general"), Optional.empty(), 0, COSTS);
        Decision fruit = decide(policy, "fruit 99");
        assertThat(fruit.experts().getFirst()).isEqualTo("apple");
        assertThat(fruit.experts()).containsExactlyInAnyOrder("apple", "smith", "general");
        assertThat(fruit.propensity()).isEqualTo(1);
        assertThat(fruit.reasons().getFirst()).contains("expected scores are apple ");
        assertThat(fruit.version()).isEqualTo(policy.version()).hasSize(12);
        assertThat(decide(policy, "metal 99").experts().getFirst()).isEqualTo("smith");
        assertThat(policy.tier()).isEqualTo(Tier.MEANING);
        assertThat(policy.artefacts()).singleElement().asString().contains("outcome set");
    }

    @Test
    void whatCannotBeLookedAtGoesToWhoIsBestOnTheWhole() throws IOException {
        Policy policy = make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0.5, COSTS);
        Decision blind = policy.undecided().orElseThrow();
        assertThat(blind.experts()).hasSize(3);
        assertThat(blind.propensity()).isEqualTo(1);
        assertThat(policy.decide(Facts.NONE, 0.9).reasons().getFirst())
                .startsWith("The query has no text");
    }

    @Test
    void exploringIsSaidAndItsPropensityRecorded() throws IOException {
        Policy policy = make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0.3, COSTS);
        Decision explored = policy.decide(Facts.of(signals("fruit 99")), 0.29);
        assertThat(explored.experts().getFirst()).isNotEqualTo("apple");
        assertThat(explored.propensity()).isBetween(0.0999, 0.1001);
        assertThat(explored.reasons()).last().asString().contains("asked first this time");
        assertThat(policy.decide(Facts.of(signals("fruit 99")), 0.9).propensity())
                .isBetween(0.7999, 0.8001);
    }

    @Test
    void aRateOfMoneyBringsTheCheaperExpert() throws IOException {
        Policy policy =
                make(
                        Method.NEIGHBOURS,
                        Optional.empty(),
                        Optional.of(new Thrift.Rate(0.2)),
                        0,
                        COSTS);
        assertThat(decide(policy, "fruit 99").experts().getFirst()).isEqualTo("apple");
        Decision metal = decide(policy, "metal 99");
        assertThat(metal.experts().getFirst()).isEqualTo("general");
        assertThat(metal.reasons())
                .last()
                .asString()
                .contains("USD per thousand requests counts as 0.20 of score", "general");
    }

    @Test
    void aBudgetSetsTheRate() throws IOException {
        Policy generous =
                make(
                        Method.NEIGHBOURS,
                        Optional.empty(),
                        Optional.of(new Thrift.Budget(9)),
                        0,
                        COSTS);
        Policy tight =
                make(
                        Method.NEIGHBOURS,
                        Optional.empty(),
                        Optional.of(new Thrift.Budget(0.3)),
                        0,
                        COSTS);
        assertThat(decide(generous, "metal 99").experts().getFirst()).isEqualTo("smith");
        assertThat(decide(tight, "metal 99").experts().getFirst()).isEqualTo("general");
        assertThatThrownBy(() ->
                        make(
                                Method.NEIGHBOURS,
                                Optional.empty(),
                                Optional.of(new Thrift.Budget(0.01)),
                                0,
                                COSTS))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("even the cheapest expert takes 0.100 USD; raise it");
    }

    @Test
    void withoutRecordedCostsTheCatalogsPricesCount() throws IOException {
        Policy policy =
                make(Method.NEIGHBOURS, Optional.empty(), Optional.of(new Thrift.Rate(0.2)), 0, "");
        assertThat(decide(policy, "metal 99").experts().getFirst()).isEqualTo("smith");
    }

    @Test
    void embeddingsAreMadeOnce() throws IOException {
        make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0, COSTS);
        int calls = embedder.calls();
        assertThat(calls).isEqualTo(90);
        Policy again = make(Method.LINEAR, Optional.empty(), Optional.empty(), 0, COSTS);
        assertThat(embedder.calls()).isEqualTo(calls);
        assertThat(decide(again, "fruit 99").experts().getFirst()).isEqualTo("apple");
    }

    @Test
    void theVersionTellsOutcomesAndSettingsApart() throws IOException {
        String one =
                make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0, COSTS).version();
        String same =
                make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0, COSTS).version();
        String other = make(Method.LINEAR, Optional.empty(), Optional.empty(), 0, COSTS).version();
        String dearer =
                make(Method.NEIGHBOURS, Optional.empty(), Optional.empty(), 0, "").version();
        assertThat(same).isEqualTo(one);
        assertThat(other).isNotEqualTo(one);
        assertThat(dearer).isNotEqualTo(one);
    }

    @Test
    void aMissingOutcomeSetIsNamed() {
        assertThatThrownBy(() -> maker().make(settings(folder.resolve("none"), Map.of())))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining("The policy `best` cannot be used")
                .hasMessageContaining("none is not an outcome set");
    }

    @Test
    void aSetOfStrangersIsRefused() throws IOException {
        Path pool = OutcomeFolders.write(folder.resolve("pool"), COSTS);
        assertThatThrownBy(() ->
                        maker().make(
                                        settings(
                                                pool,
                                                Map.of(
                                                        "apple",
                                                        "x",
                                                        "smith",
                                                        "y",
                                                        "big/general",
                                                        "z"))))
                .isInstanceOf(ArtefactException.class)
                .hasMessageContaining(
                        "it tells of apple, smith, big/general, absent, none of which is an expert");
    }

    private Policy make(
            Method method,
            Optional<String> fallback,
            Optional<Thrift> thrift,
            double explore,
            String costs)
            throws IOException {
        Path pool = OutcomeFolders.write(folder.resolve("pool"), costs);
        return maker().make(
                        new Learned(
                                "best",
                                method,
                                new RecordedOutcomes(pool, Map.of("big/general", "general")),
                                fallback,
                                thrift,
                                explore,
                                0));
    }

    private PolicyMaker maker() {
        return new PolicyMaker(
                Catalogs.small(), List.of(), embedder, folder.resolve("artefacts"), Scribe.NOBODY);
    }

    private static Learned settings(Path pool, Map<String, String> experts) {
        return new Learned(
                "best",
                Method.NEIGHBOURS,
                new RecordedOutcomes(pool, experts),
                Optional.empty(),
                Optional.empty(),
                0,
                0);
    }

    private Decision decide(Policy policy, String text) {
        return policy.decide(Facts.of(signals(text)), 0.99);
    }

    private Signals signals(String text) {
        return Signals.of(text, embedder.embed(text).toCompletableFuture().join());
    }
}
