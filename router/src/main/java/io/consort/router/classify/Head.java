package io.consort.router.classify;

import java.util.Arrays;

/**
 * Scores of labels. Each label has one or more facets, kinds of texts within it; a facet's score is
 * linear in the features, and a label's is the log-sum-exp of its facets' scores.
 *
 * @param weights [features][facets]: the embedding's numbers first, then the words' places
 * @param bias [facets]
 * @param owners [facets]: the label that each facet belongs to
 * @param labels how many labels there are
 */
record Head(float[][] weights, float[] bias, int[] owners, int labels) {

    /** The score of every label, [labels]. */
    double[] logits(Features features) {
        float[] scores = scores(features);
        double[] largest = new double[labels];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int facet = 0; facet < scores.length; facet++) {
            largest[owners[facet]] = Math.max(largest[owners[facet]], scores[facet]);
        }
        double[] logits = new double[labels];
        for (int facet = 0; facet < scores.length; facet++) {
            logits[owners[facet]] += Math.exp(scores[facet] - largest[owners[facet]]);
        }
        for (int label = 0; label < labels; label++) {
            logits[label] = largest[label] + Math.log(logits[label]);
        }
        return logits;
    }

    /** The score of every facet. */
    float[] scores(Features features) {
        return scores(weights, bias, features);
    }

    static float[] scores(float[][] weights, float[] bias, Features features) {
        float[] scores = bias.clone();
        float[] dense = features.dense();
        int i = 0;
        for (; i + 3 < dense.length; i += 4) {
            addFour(scores, dense, i, weights[i], weights[i + 1], weights[i + 2], weights[i + 3]);
        }
        for (; i < dense.length; i++) {
            add(scores, dense[i], weights[i]);
        }
        int[] places = features.words().places();
        float[] values = features.words().values();
        int j = 0;
        for (; j + 3 < places.length; j += 4) {
            addFour(
                    scores,
                    values,
                    j,
                    weights[dense.length + places[j]],
                    weights[dense.length + places[j + 1]],
                    weights[dense.length + places[j + 2]],
                    weights[dense.length + places[j + 3]]);
        }
        for (; j < places.length; j++) {
            add(scores, values[j], weights[dense.length + places[j]]);
        }
        return scores;
    }

    /** The same head with every number rounded to 16 bits, as it is stored. */
    Head rounded() {
        float[][] rounded = new float[weights.length][];
        for (int i = 0; i < weights.length; i++) {
            rounded[i] = Halves.rounded(weights[i]);
        }
        return new Head(rounded, Halves.rounded(bias), owners, labels);
    }

    /** Adds four vectors at once, so that the sum is read and written less often. */
    private static void addFour(
            float[] sum,
            float[] factors,
            int first,
            float[] v0,
            float[] v1,
            float[] v2,
            float[] v3) {
        float f0 = factors[first];
        float f1 = factors[first + 1];
        float f2 = factors[first + 2];
        float f3 = factors[first + 3];
        for (int j = 0; j < sum.length; j++) {
            sum[j] += (f0 * v0[j] + f1 * v1[j]) + (f2 * v2[j] + f3 * v3[j]);
        }
    }

    private static void add(float[] sum, float factor, float[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }
}
