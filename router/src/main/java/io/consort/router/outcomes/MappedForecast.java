package io.consort.router.outcomes;

import java.util.List;

/** Expects of a model its mean score over the categories, weighted by their probabilities. */
final class MappedForecast {

    private MappedForecast() {}

    static Forecast fit(List<Query> train) {
        CategoryHead head = CategoryHead.fit(train);
        double[][] expected = means(train, head);
        return query -> weighted(expected, head.probabilities(query));
    }

    /** Per class of the head the expected score of each model. */
    static double[][] means(List<Query> train, CategoryHead head) {
        MeanScores means = MeanScores.of(train);
        MeanScores.Group[] groups = new MeanScores.Group[head.count()];
        for (int c = 0; c < groups.length; c++) {
            groups[c] = means.group();
        }
        for (Query query : train) {
            groups[head.classOf(query.prompt().category())].add(query, 1);
        }
        double[][] expected = new double[groups.length][];
        for (int c = 0; c < groups.length; c++) {
            expected[c] = groups[c].means();
        }
        return expected;
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
