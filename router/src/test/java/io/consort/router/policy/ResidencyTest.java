package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.PolicySettings;
import io.consort.experts.PolicySettings.Learned;
import io.consort.experts.PolicySettings.Learned.Method;
import io.consort.experts.RecordedOutcomes;
import io.consort.experts.Thrift;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Whereabouts;
import io.consort.experts.chat.Whereabouts.Place;
import io.consort.router.Catalogs;
import io.consort.router.FakeEmbedder;
import io.consort.router.Router;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Ranked;
import io.consort.router.signal.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidencyTest {

    private static final Whereabouts HERE = new Whereabouts(Place.DEVICE, false, 0);
    private static final Whereabouts NEAR = new Whereabouts(Place.HOST, false, 0.3);
    private static final Whereabouts FAR = new Whereabouts(Place.FILE, false, 2.01);

    @TempDir private Path folder = Path.of("");

    @Test
    void anExpertWhoseWeightsAreFarIsAskedLater() {
        Decision decision = mapped(Map.of("apple", FAR, "smith", HERE), 0.9);
        assertThat(decision.experts()).containsExactly("smith", "apple", "general");
        assertThat(decision.propensity()).isEqualTo(1);
        assertThat(decision.reasons())
                .contains(
                        "The weights of apple take longer than the policy's 1.00 s to reach the device, so it is asked later.");
    }

    @Test
    void anExpertWhoseWeightsAreNearEnoughKeepsItsRank() {
        for (Map<String, Whereabouts> known :
                List.of(
                        Map.<String, Whereabouts>of(),
                        Map.of("apple", HERE),
                        Map.of("apple", NEAR, "smith", HERE),
                        Map.of("apple", FAR, "smith", FAR))) {
            Decision decision = mapped(known, 0.9);
            assertThat(decision.experts()).containsExactly("apple", "smith", "general");
            assertThat(decision.reasons()).noneMatch(reason -> reason.contains("later"));
        }
    }

    @Test
    void chanceDrawsAmongExpertsInTheOrderThatWeightsGiveThem() {
        Decision first = mapped(Map.of("apple", FAR), 0.9, 0.2);
        assertThat(first.experts()).startsWith("smith", "apple");
        assertThat(first.propensity()).isEqualTo(0.9);
        Decision drawn = mapped(Map.of("apple", FAR), 0.15, 0.2);
        assertThat(drawn.experts()).startsWith("apple", "smith");
        assertThat(drawn.propensity()).isEqualTo(0.1);
    }

    @Test
    void aSecondOfWaitingIsWeighedAgainstTheScore() throws IOException {
        Policy indifferent = learned(0);
        Policy hasty = learned(0.9);
        Residency moment = new Residency(Map.of("apple", FAR));
        float[] fruit = embedder().embed("fruit 99").toCompletableFuture().join();
        Facts facts = Facts.of(Signals.of("fruit 99", fruit)).at(moment);
        assertThat(indifferent.decide(facts, 0.9).experts()).startsWith("apple");
        Decision decision = hasty.decide(facts, 0.9);
        assertThat(decision.experts().getFirst()).isNotEqualTo("apple");
        assertThat(decision.reasons())
                .last()
                .asString()
                .startsWith("A second until weights are on the device counts as 0.90 of score");
        assertThat(hasty.decide(facts.at(Residency.NONE), 0.9).experts()).startsWith("apple");
        assertThat(hasty.version()).isNotEqualTo(indifferent.version());
    }

    @Test
    void aDecisionSaysWhereTheWeightsOfItsFirstChoiceAre() {
        assertThat(pinned(HERE)).last().isEqualTo("The weights of general are on the device.");
        assertThat(pinned(NEAR))
                .last()
                .isEqualTo("The weights of general are in host memory, 0.30 s from the device.");
        assertThat(pinned(new Whereabouts(Place.FILE, true, 2.01)))
                .last()
                .isEqualTo(
                        "The weights of general are in its file, 2.01 s from the device, and on their way.");
    }

    @Test
    void theSecondChoiceIsForeseenTheMoreTheLessSureTheDecisionIs() {
        assertThat(Foresight.of(mapped(Map.of(), 0.7)))
                .hasValueSatisfying(next -> {
                    assertThat(next.expert()).isEqualTo("smith");
                    assertThat(next.probability()).isBetween(0.2999, 0.3001);
                });
        assertThat(Foresight.of(mapped(Map.of(), 1))).contains(new Foresight("smith", 0.1));
        assertThat(Foresight.of(new PinnedPolicy(Catalogs.PINNED).decide(Facts.NONE, 0))).isEmpty();
    }

    private static Decision mapped(Map<String, Whereabouts> known, double probability) {
        return mapped(known, 0.9, 0, probability);
    }

    private static Decision mapped(Map<String, Whereabouts> known, double random, double explore) {
        return mapped(known, random, explore, 0.9);
    }

    private static Decision mapped(
            Map<String, Whereabouts> known, double random, double explore, double probability) {
        PolicySettings.Mapped settings =
                new PolicySettings.Mapped(
                        "hasty",
                        Optional.of("general"),
                        0.5,
                        explore,
                        Optional.of(Duration.ofSeconds(1)));
        Classification fruit =
                new Classification(
                        List.of(new Ranked("fruit", probability)),
                        1 - probability,
                        0.3,
                        0.2,
                        Set.of());
        return MappedPolicy.of(settings, Catalogs.small(), List.of(), "fake")
                .decide(Facts.of(fruit).at(new Residency(known)), random);
    }

    private List<String> pinned(Whereabouts whereabouts) {
        return Router.open(Catalogs.small(), embedder(), folder)
                .decide(
                        Catalogs.PINNED,
                        List.of(new Message("user", "mango")),
                        0,
                        new Residency(Map.of("general", whereabouts)))
                .toCompletableFuture()
                .join()
                .reasons();
    }

    private Policy learned(double loadCost) throws IOException {
        Path pool =
                OutcomeFolders.write(
                        folder.resolve("pool"),
                        ",\"cost_usd\":{\"apple\":0.001,\"smith\":0.01,\"big/general\":0.0001,\"absent\":0}");
        return new PolicyMaker(
                        Catalogs.small(),
                        List.of(),
                        embedder(),
                        folder.resolve("artefacts"),
                        Scribe.NOBODY)
                .make(
                        new Learned(
                                "best",
                                Method.NEIGHBOURS,
                                new RecordedOutcomes(pool, Map.of("big/general", "general")),
                                Optional.empty(),
                                Optional.of(new Thrift.Rate(0.001)),
                                0,
                                loadCost));
    }

    private static FakeEmbedder embedder() {
        return new FakeEmbedder(text -> text.length() < 5 ? text : text.substring(0, 5));
    }
}
