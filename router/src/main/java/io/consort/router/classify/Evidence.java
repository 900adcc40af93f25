package io.consort.router.classify;

import java.util.Arrays;

/**
 * What speaks for and against a query's belonging to any category.
 *
 * @param margin log-odds of the categories together against none, as the head sees them
 * @param entropy of the categories among themselves, in nats
 * @param nearest cosine to the nearest example of a category
 * @param near mean cosine to the {@link #NEIGHBOURS} nearest examples of categories
 * @param nearOther mean cosine to the {@link #NEIGHBOURS} nearest examples of no category; 0 where
 *     there are none
 */
record Evidence(double margin, double entropy, double nearest, double near, double nearOther) {

    /** How many numbers it is. */
    static final int SIZE = 5;

    private static final int NEIGHBOURS = 5;

    /**
     * The evidence about one query.
     *
     * @param logits of the head: the categories', then that of none where the head knows it
     * @param categories how many categories there are, at least 1
     * @param features begin with the embedding
     */
    static Evidence of(
            double[] logits, int categories, float[] features, Rows members, Rows others) {
        double total = Softmax.logSumExp(logits, categories);
        double margin = logits.length > categories ? total - logits[categories] : 0;
        double entropy = Softmax.entropy(Softmax.probabilities(logits, categories, 1));
        float[] toMembers = largest(members.times(features));
        return new Evidence(
                margin,
                entropy,
                toMembers[0],
                mean(toMembers),
                mean(largest(others.times(features))));
    }

    float[] values() {
        return new float[] {
            (float) margin, (float) entropy, (float) nearest, (float) near, (float) nearOther
        };
    }

    private static float[] largest(float[] values) {
        float[] largest = new float[Math.min(NEIGHBOURS, values.length)];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        if (largest.length == 0) {
            return new float[1];
        }
        for (float value : values) {
            int place = largest.length - 1;
            if (value <= largest[place]) {
                continue;
            }
            while (place > 0 && largest[place - 1] < value) {
                largest[place] = largest[place - 1];
                place--;
            }
            largest[place] = value;
        }
        return largest;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
