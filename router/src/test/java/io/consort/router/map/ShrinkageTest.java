package io.consort.router.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShrinkageTest {

    @Test
    void fewSamplesLeanOnTheOtherCategoriesAndManyDoNot() {
        List<Estimate> estimates =
                Shrinkage.of(List.of(of(200, 180), of(200, 20), of(200, 100), of(2, 2)));
        assertThat(estimates.get(0).score()).isCloseTo(0.9, within(0.02));
        assertThat(estimates.get(3).score()).isBetween(0.6, 0.95);
        assertThat(estimates.get(3).error()).isGreaterThan(3 * estimates.get(0).error());
    }

    @Test
    void categoriesThatDifferByChanceAloneAreTakenForEqual() {
        List<Estimate> estimates = Shrinkage.of(List.of(of(20, 11), of(20, 10), of(20, 9)));
        assertThat(estimates).extracting(Estimate::score).allMatch(s -> Math.abs(s - 0.5) < 1e-9);
    }

    @Test
    void aCategoryWithoutSamplesGetsTheMiddleAndALargeError() {
        List<Estimate> estimates =
                Shrinkage.of(List.of(of(100, 90), of(100, 10), Shrinkage.Measured.NONE));
        assertThat(estimates.get(2).score()).isCloseTo(0.5, within(1e-9));
        assertThat(estimates.get(2).error()).isGreaterThan(0.3);
        assertThat(Shrinkage.of(List.of(Shrinkage.Measured.NONE)))
                .containsExactly(new Estimate(0, 0.5, 0));
    }

    @Test
    void drawnEstimatesAreNearerToTheTruthThanMeansAreAndErrorsAreHonest() {
        Random random = new Random(1);
        double ofMeans = 0;
        double ofEstimates = 0;
        double expected = 0;
        for (int round = 0; round < 400; round++) {
            double[] truth = new double[8];
            List<Shrinkage.Measured> measured = new ArrayList<>();
            for (int c = 0; c < truth.length; c++) {
                truth[c] = Math.clamp(0.6 + 0.12 * random.nextGaussian(), 0.05, 0.95);
                Shrinkage.Measured one = Shrinkage.Measured.NONE;
                int samples = 5 + random.nextInt(30);
                for (int i = 0; i < samples; i++) {
                    one = one.plus(random.nextDouble() < truth[c] ? 1 : 0);
                }
                measured.add(one);
            }
            List<Estimate> estimates = Shrinkage.of(measured);
            for (int c = 0; c < truth.length; c++) {
                double mean = measured.get(c).sum() / measured.get(c).samples();
                ofMeans += Math.pow(mean - truth[c], 2);
                ofEstimates += Math.pow(estimates.get(c).score() - truth[c], 2);
                expected += Math.pow(estimates.get(c).error(), 2);
            }
        }
        assertThat(ofEstimates).isLessThan(0.75 * ofMeans);
        assertThat(expected / ofEstimates).isBetween(0.7, 1.3);
    }

    private static Shrinkage.Measured of(int samples, int right) {
        return new Shrinkage.Measured(samples, right, right);
    }
}
