package io.consort.router.outcomes;

import java.util.List;

/**
 * How a router did on the test prompts; NaN where a figure is unknown.
 *
 * @param error bootstrap standard error of the mean score
 * @param gain mean score less that of the best single model
 * @param gainError its standard error, paired by prompt
 * @param scoreCalibration expected calibration error of the scores it expected of its choices
 * @param timing of decisions, embedding included
 * @param curve its cost and score at every rate of price, the dearest first; empty where it has none
 */
record Standing(
        String name,
        Tally tally,
        double error,
        double gain,
        double gainError,
        double scoreCalibration,
        Timing timing,
        List<CurvePoint> curve) {

    Standing {
        curve = List.copyOf(curve);
    }

    /**
     * What a rate of price leads to.
     *
     * @param cost mean, on the set's basis
     */
    record CurvePoint(double cost, double score) {}

    double score() {
        return tally.score();
    }

    /** The lowest cost at which it scores no less than this; NaN where it never does. */
    double costAt(double least) {
        double lowest = score() >= least ? tally.cost() : Double.NaN;
        for (CurvePoint point : curve) {
            if (point.score() >= least && !(point.cost() >= lowest)) {
                lowest = point.cost();
            }
        }
        return lowest;
    }
}
