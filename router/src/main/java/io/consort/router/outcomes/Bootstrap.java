package io.consort.router.outcomes;

import java.util.SplittableRandom;

/**
 * Standard errors of means over prompts by resampling (Efron 1979). Every figure is resampled on the
 * same draws, so the error of a difference between routers is that of their paired difference.
 */
record Bootstrap(long seed) {

    private static final int RESAMPLES = 1_000;

    /** The standard error of the mean. */
    double error(double[] values) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        double middle = Figures.mean(means);
        double squares = 0;
        for (double value : means) {
            squares += (value - middle) * (value - middle);
        }
        return Math.sqrt(squares / (RESAMPLES - 1));
    }
}
