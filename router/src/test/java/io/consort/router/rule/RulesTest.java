package io.consort.router.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consort.router.rule.DescriptionRule.Match;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RulesTest {

    @Test
    void theLimitSeparatesWhatGainsFromWhatLoses() {
        DescriptionRule rule =
                DescriptionRule.fit(
                        List.of(
                                new Match(0.8, 1),
                                new Match(0.6, 0.2),
                                new Match(0.5, -0.5),
                                new Match(0.4, 0.4)));
        assertThat(rule.least()).isBetween(0.5, 0.6);
        assertThat(rule.pins(0.6)).isTrue();
        assertThat(rule.pins(0.5)).isFalse();
        assertThat(DescriptionRule.fit(List.of(new Match(0.9, -1))).least()).isEqualTo(1);
        assertThat(DescriptionRule.fit(List.of(new Match(0.3, 1))).least()).isBetween(0.2, 0.3);
    }

    @Test
    void theNearestDescriptionIsFound() {
        double[] cosines =
                DescriptionRule.cosines(
                        List.of(new float[] {1, 0}, new float[] {0, 1}),
                        new float[] {0.25f, 0.5f, 9});
        assertThat(cosines).containsExactly(0.25, 0.5);
        assertThat(DescriptionRule.nearest(cosines)).isEqualTo(1);
    }

    @Test
    void anAnswerIsKeptFromTheLimitOnAndNeverWithoutAConfidence() {
        ConfidenceRule rule = new ConfidenceRule(0.5);
        assertThat(ConfidenceRule.confidence(Math.log(0.5))).isCloseTo(0.5, within(1e-12));
        assertThat(ConfidenceRule.confidence(1)).isEqualTo(1);
        assertThat(rule.keeps(0.5)).isTrue();
        assertThat(rule.keeps(0.49)).isFalse();
        assertThat(rule.keeps(ConfidenceRule.confidence(Double.NaN))).isFalse();
    }
}
