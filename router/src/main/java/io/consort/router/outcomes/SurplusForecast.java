package io.consort.router.outcomes;

import io.consort.router.classify.WordSignal;
import java.util.List;

/**
 * How much more than its categories promise a model is expected to score: a function of the query's
 * meaning within each category, see {@link CategoryRidge}, and half of what the model scored more on
 * the most similar queries, the closer the weightier, drawn towards nothing where they are few or
 * far.
 */
final class SurplusForecast {

    private static final int NEIGHBOURS = 100;
    private static final double SHARPNESS = 10;

    /** How many neighbours without any surplus are added to those found. */
    private static final double PRIOR = 30;

    private SurplusForecast() {}

    /**
     * Learns from these queries.
     *
     * @param head of the categories
     * @param means per class of the head the expected score of each model
     */
    static Forecast fit(List<Query> train, CategoryHead head, double[][] means) {
        Nearest nearest = new Nearest(train, NEIGHBOURS);
        double[][] surplus = new double[train.size()][];
        for (int i = 0; i < surplus.length; i++) {
            RecordedPrompt prompt = train.get(i).prompt();
            surplus[i] = Figures.minus(prompt.scores(), means[head.classOf(prompt.category())]);
        }
        CategoryRidge within = CategoryRidge.fit(train, head, surplus, meaning(train.getFirst()));
        return query -> {
            double[] sum = within.of(query);
            double[] near = mean(query, nearest, surplus);
            for (int m = 0; m < sum.length; m++) {
                sum[m] += near[m] / 2;
            }
            return sum;
        };
    }

    /** How many of the features are the embedding. */
    private static int meaning(Query query) {
        int width = query.features().length;
        return width > WordSignal.WIDTH ? width - WordSignal.WIDTH : width;
    }

    /** The weighted mean surplus of each model over the neighbours on which it was asked. */
    private static double[] mean(Query query, Nearest nearest, double[][] surplus) {
        int models = surplus[0].length;
        double[] mean = new double[models];
        double[] total = new double[models];
        nearest.visit(
                query,
                (index, behind) -> {
                    double weight = Math.exp(SHARPNESS * behind);
                    for (int m = 0; m < models; m++) {
                        if (!Double.isNaN(surplus[index][m])) {
                            mean[m] += weight * surplus[index][m];
                            total[m] += weight;
                        }
                    }
                });
        for (int m = 0; m < models; m++) {
            mean[m] /= total[m] + PRIOR;
        }
        return mean;
    }
}
