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
            Sums.addFour(
                    scores,
                    dense[i],
                    dense[i + 1],
                    dense[i + 2],
                    dense[i + 3],
                    weights[i],
                    weights[i + 1],
                    weights[i + 2],
                    weights[i + 3]);
        }
        for (; i < dense.length; i++) {
            Sums.add(scores, dense[i], weights[i]);
        }
        int[] places = features.words().places();
        float[] values = features.words().values();
        int j = 0;
        for (; j + 3 < places.length; j += 4) {
            Sums.addFour(
                    scores,
                    values[j],
                    values[j + 1],
                    values[j + 2],
                    values[j + 3],
                    weights[dense.length + places[j]],
                    weights[dense.length + places[j + 1]],
                    weights[dense.length + places[j + 2]],
                    weights[dense.length + places[j + 3]]);
        }
        for (; j < places.length; j++) {
            Sums.add(scores, values[j], weights[dense.length + places[j]]);
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
}
