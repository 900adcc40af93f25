package io.consort.router.outcomes;

import io.consort.router.classify.Clusters;
import io.consort.router.classify.Rows;
import io.consort.router.classify.Softmax;
import java.util.ArrayList;
import java.util.List;

/** Expects of a model its mean score over clusters of queries, the nearer the weightier. */
final class ClustersForecast {

    private static final int MOST_CLUSTERS = 48;
    private static final int LEAST_PER_CLUSTER = 20;
    private static final double SHARPNESS = 12;

    private ClustersForecast() {}

    static Forecast fit(List<Query> train) {
        int width = train.getFirst().features().length;
        List<float[]> directions =
                train.stream().map(query -> direction(query.features())).toList();
        int wanted = Math.clamp(train.size() / LEAST_PER_CLUSTER, 1, MOST_CLUSTERS);
        int[] assigned = Clusters.of(Rows.of(directions, width), wanted);
        MeanScores means = MeanScores.of(train);
        List<float[]> centres = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (int c = 0; c < wanted; c++) {
            float[] centre = new float[width];
            MeanScores.Group group = means.group();
            boolean empty = true;
            for (int i = 0; i < assigned.length; i++) {
                if (assigned[i] == c) {
                    add(centre, directions.get(i));
                    group.add(train.get(i), 1);
                    empty = false;
                }
            }
            if (!empty) {
                centres.add(direction(centre));
                expected.add(group.means());
            }
        }
        Rows middle = Rows.of(centres, width);
        double[][] scores = expected.toArray(double[][]::new);
        return query -> MappedForecast.weighted(scores, nearness(middle, query));
    }

    private static double[] nearness(Rows centres, Query query) {
        float[] cosines = centres.times(direction(query.features()));
        double[] logits = new double[cosines.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = cosines[i];
        }
        return Softmax.probabilities(logits, logits.length, 1 / SHARPNESS);
    }

    private static void add(float[] sum, float[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += vector[i];
        }
    }

    private static float[] direction(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        float factor = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        float[] direction = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            direction[i] = factor * vector[i];
        }
        return direction;
    }
}
