package io.consort.router.outcomes;

/**
 * How long decisions take, in milliseconds; NaN where that was not measured.
 *
 * @param middle the median
 * @param slow the 99th percentile
 */
record Timing(double mean, double middle, double slow) {

    static final Timing NONE = new Timing(Double.NaN, Double.NaN, Double.NaN);

    static Timing of(double[] millis) {
        return new Timing(
                Figures.mean(millis),
                Figures.quantile(millis, 0.5),
                Figures.quantile(millis, 0.99));
    }
}
