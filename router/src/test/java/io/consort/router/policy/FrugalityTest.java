package io.consort.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrugalityTest {

    private static final double[] USD = {0.1, 1, 5};

    private final Frugality frugality = new Frugality(queries(), USD);

    @Test
    void theBudgetIsKeptAndUsed() {
        for (double budget : new double[] {0.11, 0.5, 1, 2, 4}) {
            double cost = frugality.cost(frugality.lambda(budget));
            assertThat(cost).isLessThanOrEqualTo(budget).isEqualTo(budget, within(0.08));
        }
    }

    @Test
    void whereMoneyIsNoMatterItDoesNotCount() {
        assertThat(frugality.lambda(5)).isZero();
    }

    @Test
    void theSmallestBudgetBuysTheCheapest() {
        assertThat(frugality.cheapest()).isEqualTo(0.1);
        assertThat(frugality.cost(frugality.lambda(0.1))).isEqualTo(0.1, within(1e-9));
    }

    @Test
    void moreMoneyNeverBuysLess() {
        double before = 0;
        for (double budget = 0.1; budget < 5; budget += 0.3) {
            double score = score(frugality.lambda(budget));
            assertThat(score).isGreaterThanOrEqualTo(before);
            before = score;
        }
    }

    private static double score(double lambda) {
        double sum = 0;
        for (double[] scores : queries()) {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                if (scores[i] - lambda * USD[i] > scores[best] - lambda * USD[best]) {
                    best = i;
                }
            }
            sum += scores[best];
        }
        return sum;
    }

    private static List<double[]> queries() {
        SplittableRandom random = new SplittableRandom(3);
        List<double[]> queries = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            double ease = random.nextDouble();
            queries.add(
                    new double[] {
                        ease * random.nextDouble(),
                        ease,
                        Math.min(1, ease + random.nextDouble() / 2)
                    });
        }
        return queries;
    }
}
