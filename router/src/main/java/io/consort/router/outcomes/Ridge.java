package io.consort.router.outcomes;

import java.util.List;

/**
 * Linear functions of queries' features, by ridge regression (Hoerl and Kennard, 1970).
 *
 * @param weights [targets][width]
 */
record Ridge(double[][] weights) {

    /**
     * The functions that come nearest to what is wanted.
     *
     * @param wanted [queries][targets]; NaN, where it is unknown, counts as 0
     * @param width how many of the features are looked at
     * @param penalty on squared weights, above 0
     */
    static Ridge fit(List<Query> queries, double[][] wanted, int width, double penalty) {
        int count = wanted[0].length;
        double[][] normal = new double[width][width];
        double[][] targets = new double[count][width];
        for (int q = 0; q < wanted.length; q++) {
            float[] x = queries.get(q).features();
            for (int i = 0; i < width; i++) {
                if (x[i] != 0) {
                    add(normal[i], x, i);
                }
            }
            for (int t = 0; t < count; t++) {
                double value = Double.isNaN(wanted[q][t]) ? 0 : wanted[q][t];
                for (int i = 0; i < width; i++) {
                    targets[t][i] += value * x[i];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            normal[i][i] += penalty;
        }
        Cholesky factor = Cholesky.of(normal);
        double[][] weights = new double[count][];
        for (int t = 0; t < count; t++) {
            weights[t] = factor.solve(targets[t]);
        }
        return new Ridge(weights);
    }

    /** The value of every function. */
    double[] of(float[] features) {
        double[] values = new double[weights.length];
        for (int t = 0; t < values.length; t++) {
            for (int i = 0; i < weights[t].length; i++) {
                values[t] += weights[t][i] * features[i];
            }
        }
        return values;
    }

    /** Adds a row of the product of the features with themselves, up to the diagonal. */
    private static void add(double[] row, float[] x, int last) {
        double value = x[last];
        for (int j = 0; j <= last; j++) {
            row[j] += value * x[j];
        }
    }
}
