package io.consort.router.classify;

/**
 * What speaks for and against a query's belonging to any category.
 *
 * @param margin log-odds of the categories together against none, as the head sees them
 * @param odds log-odds of the likeliest category against the others
 * @param energy the log-sum-exp of the categories' scores (Liu et al., Energy-based
 *     Out-of-distribution Detection, 2020)
 * @param entropy of the categories among themselves, in nats
 * @param nearest cosine to the nearest landmark of a category
 * @param near mean cosine to the nearest landmarks of categories
 * @param nearOther the same of no category; 0 where there are none
 */
record Evidence(
        double margin,
        double odds,
        double energy,
        double entropy,
        double nearest,
        double near,
        double nearOther) {

    /** How many numbers it is. */
    static final int SIZE = 7;

    /** Where {@link #near} stands among the values. */
    static final int NEAR = 5;

    /** No category is to be passed over. */
    static final int ALL = -1;

    private static final double LARGEST_ODDS = 12;

    /**
     * The evidence about one query.
     *
     * @param logits of the head: the categories', then that of none where the head knows it
     * @param categories how many categories there are, at least 1
     * @param seen the query's distances to the landmarks
     * @param without a category to be passed over, as if it were not known; {@link #ALL} for none.
     *     Its logit is minus infinity
     */
    static Evidence of(double[] logits, int categories, Landmarks.Distances seen, int without) {
        double energy = Softmax.logSumExp(logits, categories);
        double margin = logits.length > categories ? energy - logits[categories] : 0;
        double[] shares = Softmax.probabilities(logits, categories, 1);
        float[] near = seen.largest(0, categories, without);
        float[] other = seen.largest(categories, Integer.MAX_VALUE, without);
        return new Evidence(
                margin,
                categories == 1 ? 0 : odds(shares),
                energy,
                Softmax.entropy(shares),
                near[0],
                mean(near),
                mean(other));
    }

    float[] values() {
        return new float[] {
            (float) margin,
            (float) odds,
            (float) energy,
            (float) entropy,
            (float) nearest,
            (float) near,
            (float) nearOther
        };
    }

    private static double odds(double[] shares) {
        double largest = 0;
        for (double share : shares) {
            largest = Math.max(largest, share);
        }
        double rest = 1 - largest;
        return Math.clamp(Math.log(largest / Math.max(rest, 1e-300)), 0, LARGEST_ODDS);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
