package io.consort.router.outcomes;

import java.util.List;

/** Expects of a model a linear function of the features: ridge regression towards its mean score. */
final class LinearForecast {

    private static final double PENALTY = 10;

    private LinearForecast() {}

    static Forecast fit(List<Query> train) {
        MeanScores means = MeanScores.of(train);
        double[] overall = means.overall();
        int width = train.getFirst().features().length;
        double[][] normal = new double[width][width];
        double[][] targets = new double[overall.length][width];
        for (Query query : train) {
            float[] x = query.features();
            double[] scores = query.prompt().scores();
            for (int i = 0; i < width; i++) {
                if (x[i] != 0) {
                    double value = x[i];
                    double[] row = normal[i];
                    for (int j = 0; j <= i; j++) {
                        row[j] += value * x[j];
                    }
                }
            }
            for (int m = 0; m < scores.length; m++) {
                double residual = Double.isNaN(scores[m]) ? 0 : scores[m] - overall[m];
                for (int i = 0; i < width; i++) {
                    targets[m][i] += residual * x[i];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            normal[i][i] += PENALTY;
        }
        Cholesky factor = Cholesky.of(normal);
        double[][] weights = new double[overall.length][];
        for (int m = 0; m < weights.length; m++) {
            weights[m] = factor.solve(targets[m]);
        }
        return query -> expected(overall, weights, query.features());
    }

    private static double[] expected(double[] overall, double[][] weights, float[] features) {
        double[] scores = overall.clone();
        for (int m = 0; m < scores.length; m++) {
            for (int i = 0; i < features.length; i++) {
                scores[m] += weights[m][i] * features[i];
            }
        }
        return scores;
    }
}
