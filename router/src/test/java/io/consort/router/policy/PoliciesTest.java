package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.router.Catalogs;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PoliciesTest {

    private static final Catalog CATALOG = Catalogs.small();

    @Test
    void aPinnedPolicyAsksNothing() {
        Decision decision = new PinnedPolicy(Catalogs.PINNED).decide(Facts.NONE, 0);
        assertThat(decision.experts()).containsExactly("general");
        assertThat(decision.category()).isEmpty();
        assertThat(decision.abstained()).isFalse();
        assertThat(decision.propensity()).isEqualTo(1);
        assertThat(decision.reasons())
                .containsExactly("The policy pinned sends every query to general.");
    }

    @Test
    void theCategorysExpertsComeFirstAndTheFallbackLast() {
        Decision decision = mapped(Catalogs.MAPPED, likely("fruit", 0.9));
        assertThat(decision.experts()).containsExactly("apple", "smith", "general");
        assertThat(decision.category()).contains("fruit");
        assertThat(decision.probability()).isEqualTo(0.9);
        assertThat(decision.reasons())
                .containsExactly(
                        "The query is fruit with probability 90.0 %.",
                        "For this category the map ranks apple, then smith.");
    }

    @Test
    void aFallbackThatIsRankedKeepsItsRank() {
        PolicySettings.Mapped policy = new PolicySettings.Mapped("p", Optional.of("apple"), 0.5);
        assertThat(mapped(policy, likely("fruit", 0.9)).experts())
                .containsExactly("apple", "smith");
    }

    @Test
    void aCategoryWithoutExpertsGoesToTheFallback() {
        Decision decision = mapped(Catalogs.MAPPED, likely("stray", 0.9));
        assertThat(decision.experts()).containsExactly("general");
        assertThat(decision.category()).contains("stray");
        assertThat(decision.abstained()).isFalse();
        assertThat(decision.reasons())
                .contains("No expert is mapped to it, so it goes to the fall-back general.");
    }

    @Test
    void anImprobableCategoryIsNone() {
        Decision decision = mapped(Catalogs.MAPPED, likely("fruit", 0.4999));
        assertThat(decision.abstained()).isTrue();
        assertThat(decision.category()).isEmpty();
        assertThat(decision.experts()).containsExactly("general");
        assertThat(mapped(Catalogs.MAPPED, likely("fruit", 0.5)).abstained()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Doubt.class)
    void everyDoubtAbstainsAndIsPutIntoWords(Doubt doubt) {
        Classification sure = likely("fruit", 0.9);
        Classification doubtful =
                new Classification(
                        sure.ranking(),
                        sure.none(),
                        sure.entropy(),
                        sure.distance(),
                        Set.of(doubt));
        Decision decision = mapped(Catalogs.MAPPED, doubtful);
        assertThat(decision.abstained()).isTrue();
        assertThat(decision.reasons()).hasSize(2).allMatch(reason -> reason.endsWith("."));
    }

    @Test
    void withoutAFallbackNobodyAnswersWhatBelongsNowhere() {
        Decision decision = mapped(Catalogs.ALONE, Classification.UNKNOWN);
        assertThat(decision.experts()).isEmpty();
        assertThat(decision.abstained()).isTrue();
        assertThat(decision.probability()).isEqualTo(1);
        assertThat(decision.reasons())
                .last()
                .asString()
                .contains("nobody here can answer it: the policy alone has no fall-back");
    }

    private static Decision mapped(PolicySettings.Mapped policy, Classification classification) {
        return MappedPolicy.of(policy, CATALOG, List.of(), "fake")
                .decide(Facts.of(classification), 0.5);
    }

    private static Classification likely(String category, double probability) {
        return new Classification(
                List.of(new Ranked(category, probability)), 1 - probability, 0.3, 0.2, Set.of());
    }
}
