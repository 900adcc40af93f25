package io.consort.router.rule;

/**
 * When the answer of a cheap expert is given, and nobody else is asked.
 *
 * @param least the confidence in [0, 1] from which on it is
 */
public record ConfidenceRule(double least) {

    /**
     * The confidence of an answer, in [0, 1]: the geometric mean of its tokens' probabilities.
     *
     * @param logProbability mean natural logarithm of the probabilities; NaN where it is unknown
     */
    public static double confidence(double logProbability) {
        return Math.min(1, Math.exp(logProbability));
    }

    /**
     * Whether an answer of this confidence is given.
     *
     * @param confidence NaN where it is unknown; such an answer is not given
     */
    public boolean keeps(double confidence) {
        return confidence >= least;
    }
}
