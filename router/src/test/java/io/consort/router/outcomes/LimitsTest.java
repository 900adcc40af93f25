package io.consort.router.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.router.map.Budgets;
import io.consort.router.map.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LimitsTest {

    private static final double[] PRICES = {0.2, 0.5, 2};

    @Test
    void aPolicyPaysJustEnoughToKeepToAMeanBudget() throws Exception {
        Random random = new Random(4);
        List<RecordedPrompt> prompts = new ArrayList<>();
        double[][] expected = new double[400][];
        for (int i = 0; i < expected.length; i++) {
            double[] scores = {random.nextDouble(), random.nextDouble(), 1};
            prompts.add(new RecordedPrompt("", "c" + i % 4, "p" + i, scores, unknown()));
            expected[i] = scores;
        }
        OutcomeSet set = new OutcomeSet("s", models(), prompts, prompts.subList(0, 9), 0, false);
        Budgets budgets = Budgets.NONE.with(Measure.USD_PER_THOUSAND_REQUESTS, 1);
        Rule rule = Limits.of(set, Costs.of(set), budgets).rule(() -> expected);
        double cost = 0;
        for (int i = 0; i < expected.length; i++) {
            cost += PRICES[rule.choose(expected[i], prompts.get(i))] / expected.length;
        }
        assertThat(cost).isBetween(0.98, 1.0);
        assertThat(Limits.of(set, Costs.of(set), Budgets.NONE).rule(() -> expected).rate())
                .isZero();
    }

    @Test
    void theRuleTakesTheCheaperOfEqualModelsAndOnlyThoseThatWereAsked() {
        Rule rule = new Rule(PRICES, 0, new boolean[] {false, true, true});
        double[] equal = {1, 0.5, 0.5};
        assertThat(rule.choose(equal, prompt(0, 0, 0))).isEqualTo(1);
        assertThat(rule.choose(equal, prompt(0, Double.NaN, 0))).isEqualTo(2);
        assertThat(rule.choose(equal, prompt(0, Double.NaN, Double.NaN))).isZero();
        assertThat(rule.at(0.1).choose(new double[] {0, 0.5, 0.64}, prompt(0, 0, 0))).isEqualTo(1);
        assertThat(rule.at(0.1).choose(new double[] {0, 0.5, 0.66}, prompt(0, 0, 0))).isEqualTo(2);
    }

    @Test
    void calibrationIsZeroWhenWhatWasExpectedCameTrueAndElseTheDistance() {
        double[] came = {0, 1, 0, 1};
        assertThat(Calibration.error(came, came)).isZero();
        assertThat(Calibration.error(new double[] {0.5, 0.5, 0.5, 0.5}, new double[] {1, 1, 1, 1}))
                .isEqualTo(0.5);
        assertThat(Calibration.error(new double[0], new double[0])).isNaN();
    }

    @Test
    void theErrorOfAMeanIsThatOfItsSample() {
        Random random = new Random(1);
        double[] values = random.doubles(400).toArray();
        assertThat(new Bootstrap(3).error(values)).isBetween(0.013, 0.016);
        assertThat(new Bootstrap(3).error(values)).isEqualTo(new Bootstrap(3).error(values));
    }

    private static RecordedPrompt prompt(double... scores) {
        return new RecordedPrompt("", "", "", scores, unknown());
    }

    private static double[] unknown() {
        return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }

    private static List<ModelFacts> models() {
        List<ModelFacts> models = new ArrayList<>();
        for (int m = 0; m < PRICES.length; m++) {
            models.add(
                    new ModelFacts(
                            "m" + m, Double.NaN, Double.NaN, PRICES[m], Double.NaN, Double.NaN));
        }
        return models;
    }
}
