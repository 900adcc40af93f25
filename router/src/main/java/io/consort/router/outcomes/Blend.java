package io.consort.router.outcomes;

import io.consort.router.classify.WordSignal;
import java.util.List;

/**
 * Several forecasts as one: what a model scores in all, and on it three corrections, which are what
 * the query's categories promise beside that, what its meaning tells within them, and what similar
 * queries had. How far each correction is believed, from not at all to as far as it goes, is what
 * explains best how the models differ on queries that it had not seen (stacking, Wolpert 1992). So
 * a set whose categories or prompts tell nothing is left to the best single model.
 *
 * @param forecast of new queries
 * @param outOfFold the same of the training queries, by parts that had not seen them
 */
record Blend(Forecast forecast, double[][] outOfFold) {

    private static final int OVERALL = 0;
    private static final int CATEGORIES = 1;
    private static final int WITHIN = 2;
    private static final int NEAR = 3;
    private static final int PARTS = 4;

    static Blend fit(List<Query> train) {
        double[][] parts = OutOfFold.of(train, Blend::parts);
        double[] weights = weights(train, parts);
        double[][] outOfFold = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            outOfFold[i] = mixed(parts[i], weights);
        }
        Forecast all = parts(train);
        return new Blend(query -> mixed(all.of(query), weights), outOfFold);
    }

    /** What a model scores in all, and the corrections, one behind the other. */
    private static Forecast parts(List<Query> train) {
        CategoryHead head = CategoryHead.fit(train);
        double[] overall = MeanScores.of(train).overall();
        double[][] means = CategoryMeans.of(train, head, overall);
        double[][] surplus = new double[train.size()][];
        for (int i = 0; i < surplus.length; i++) {
            RecordedPrompt prompt = train.get(i).prompt();
            surplus[i] = Figures.minus(prompt.scores(), means[head.classOf(prompt.category())]);
        }
        CategoryRidge within = CategoryRidge.fit(train, head, surplus, meaning(train.getFirst()));
        Forecast near = NearSurplus.fit(train, surplus);
        int models = overall.length;
        return query -> {
            double[] found = new double[PARTS * models];
            double[] promised = MappedForecast.weighted(means, head.probabilities(query));
            put(overall, found, OVERALL);
            put(Figures.minus(promised, overall), found, CATEGORIES);
            put(within.of(query), found, WITHIN);
            put(near.of(query), found, NEAR);
            return found;
        };
    }

    private static void put(double[] values, double[] found, int part) {
        System.arraycopy(values, 0, found, part * values.length, values.length);
    }

    /** How many of the features are the embedding. */
    private static int meaning(Query query) {
        int width = query.features().length;
        return width > WordSignal.WIDTH ? width - WordSignal.WIDTH : width;
    }

    /** How far each correction is believed. */
    private static double[] weights(List<Query> train, double[][] parts) {
        BoundedLeastSquares problem = new BoundedLeastSquares(PARTS - 1);
        for (int i = 0; i < parts.length; i++) {
            double[] scores = train.get(i).prompt().scores();
            double[] left = new double[scores.length];
            double[][] corrections = new double[PARTS][scores.length];
            for (int m = 0; m < scores.length; m++) {
                left[m] = scores[m] - parts[i][m];
                for (int p = CATEGORIES; p < PARTS; p++) {
                    corrections[p][m] =
                            Double.isNaN(scores[m]) ? Double.NaN : parts[i][p * scores.length + m];
                }
            }
            double mean = Figures.meanOfKnown(left);
            double[] means = new double[PARTS];
            for (int p = CATEGORIES; p < PARTS; p++) {
                means[p] = Figures.meanOfKnown(corrections[p]);
            }
            double[] point = new double[PARTS - 1];
            for (int m = 0; m < scores.length; m++) {
                if (!Double.isNaN(scores[m])) {
                    for (int p = CATEGORIES; p < PARTS; p++) {
                        point[p - 1] = corrections[p][m] - means[p];
                    }
                    problem.add(point, left[m] - mean);
                }
            }
        }
        return problem.solve();
    }

    /** Differences between models by weight; how hard the query is for all as the parts say it. */
    private static double[] mixed(double[] parts, double[] weights) {
        int models = parts.length / PARTS;
        double[] mixed = new double[models];
        System.arraycopy(parts, 0, mixed, 0, models);
        for (int p = CATEGORIES; p < PARTS; p++) {
            double mean = 0;
            for (int m = 0; m < models; m++) {
                mean += parts[p * models + m] / models;
            }
            for (int m = 0; m < models; m++) {
                mixed[m] += mean + weights[p - 1] * (parts[p * models + m] - mean);
            }
        }
        return mixed;
    }
}
