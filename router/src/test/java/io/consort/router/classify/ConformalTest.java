package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConformalTest {

    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource({"99, 0.01", "150, 0.02", "500, 0.01", "1000, 0.002", "40, 0.1"})
    void newScoresFallBelowTheLimitNoMoreOftenThanPromised(int scores, double rate) {
        Random random = new Random(7);
        int below = 0;
        int above = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] sorted = random.doubles(scores).map(ConformalTest::skewed).sorted().toArray();
            double score = skewed(random.nextDouble());
            below += score < Conformal.lower(sorted, rate) ? 1 : 0;
            above += score > Conformal.upper(sorted, rate) ? 1 : 0;
        }
        double promised = Math.max(rate, 1.0 / (scores + 1));
        double error = 3 * Math.sqrt(promised / DRAWS);
        assertThat(below / (double) DRAWS).isBetween(promised / 3, promised + error);
        assertThat(above / (double) DRAWS).isBetween(promised / 3, promised + error);
    }

    @Test
    void fewScoresLeaveTheMostExtremeOneAsTheLimit() {
        double[] sorted = {0.1, 0.5, 0.9};
        assertThat(Conformal.lower(sorted, 0.01)).isEqualTo(0.1);
        assertThat(Conformal.upper(sorted, 0.01)).isEqualTo(0.9);
        assertThat(Conformal.lower(sorted, 0.99)).isEqualTo(0.9);
    }

    private static double skewed(double uniform) {
        return Math.pow(uniform, 5);
    }
}
