package io.consort.router.outcomes;

import java.util.List;

/** Expects of a model its mean score over the categories, weighted by their probabilities. */
final class MappedForecast {

    private MappedForecast() {}

    static Forecast fit(List<Query> train) {
        CategoryHead head = CategoryHead.fit(train);
        double[][] expected = CategoryMeans.of(train, head);
        return query -> weighted(expected, head.probabilities(query));
    }

    /** The sum of the rows, each times its weight. */
    static double[] weighted(double[][] rows, double[] weights) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < weights.length; i++) {
            for (int m = 0; m < sum.length; m++) {
                sum[m] += weights[i] * rows[i][m];
            }
        }
        return sum;
    }
}
