package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.router.rule.ConfidenceRule;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CascadeTest {

    @Test
    void aRecordedAnswerIsKeptWhereTheSharedRuleKeepsItsConfidence() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            double recorded = -3 * random.nextDouble();
            double confidence = ConfidenceRule.confidence(recorded);
            for (double limit : new double[] {confidence, random.nextDouble()}) {
                ConfidenceRule rule = new ConfidenceRule(limit);
                assertThat(new Cascade(0, 1, rule).keeps(recorded(recorded, 1)))
                        .isEqualTo(rule.keeps(confidence));
            }
        }
    }

    @Test
    void anAnswerOfUnknownConfidenceIsKeptOnlyWhereNobodyElseWasAsked() {
        Cascade cascade = new Cascade(0, 1, new ConfidenceRule(0.5));
        assertThat(cascade.keeps(recorded(Double.NaN, 1))).isFalse();
        assertThat(cascade.keeps(recorded(Double.NaN, Double.NaN))).isTrue();
    }

    private static RecordedPrompt recorded(double logprob, double second) {
        return new RecordedPrompt(
                "id",
                "",
                "text",
                new double[] {1, second},
                new double[2],
                new double[] {logprob, 0},
                false);
    }
}
