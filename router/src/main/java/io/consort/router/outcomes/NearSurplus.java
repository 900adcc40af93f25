package io.consort.router.outcomes;

import java.util.List;

/**
 * How much more than its categories promise a model scored on the most similar queries: half of the
 * mean, the closer the weightier, drawn towards nothing where they are few or far.
 */
final class NearSurplus {

    private static final int NEIGHBOURS = 100;
    private static final double SHARPNESS = 10;

    /** How many neighbours without any surplus are added to those found. */
    private static final double PRIOR = 30;

    private static final double SHARE = 0.5;

    private NearSurplus() {}

    /**
     * Learns from these queries.
     *
     * @param surplus [queries][models]: what a model scored more than was expected; NaN where it is
     *     unknown
     */
    static Forecast fit(List<Query> train, double[][] surplus) {
        Nearest nearest = new Nearest(train, NEIGHBOURS);
        double[] levels = new double[surplus.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Figures.meanOfKnown(surplus[i]);
        }
        return query -> mean(query, nearest, surplus, levels);
    }

    /** Models are compared on the neighbours on which they were asked, beside who else was. */
    private static double[] mean(
            Query query, Nearest nearest, double[][] surplus, double[] levels) {
        int models = surplus[0].length;
        double[] mean = new double[models];
        double[] total = new double[models];
        double[] level = new double[2];
        nearest.visit(
                query,
                (index, behind) -> {
                    double weight = Math.exp(SHARPNESS * behind);
                    level[0] += weight * levels[index];
                    level[1] += weight;
                    for (int m = 0; m < models; m++) {
                        if (!Double.isNaN(surplus[index][m])) {
                            mean[m] += weight * (surplus[index][m] - levels[index]);
                            total[m] += weight;
                        }
                    }
                });
        for (int m = 0; m < models; m++) {
            mean[m] = SHARE * (mean[m] / (total[m] + PRIOR) + level[0] / (level[1] + PRIOR));
        }
        return mean;
    }
}
