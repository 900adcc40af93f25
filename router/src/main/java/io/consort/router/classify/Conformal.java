package io.consort.router.classify;

/**
 * Limits that a new example passes with a promised probability, from the scores of examples that
 * nothing was fitted to (split conformal prediction: Vovk et al., Algorithmic Learning in a Random
 * World, 2005). The promise holds for any distribution and any number of scores, as long as the new
 * example is drawn as they were: it lies beyond the limit with a probability of at most the rate, or
 * one in the number of scores plus one, where that is more.
 */
final class Conformal {

    private Conformal() {}

    /**
     * The limit that few scores fall below.
     *
     * @param sorted in rising order, at least one
     */
    static double lower(double[] sorted, double rate) {
        return sorted[place(sorted.length, rate)];
    }

    /** The limit that few scores rise above. */
    static double upper(double[] sorted, double rate) {
        return sorted[sorted.length - 1 - place(sorted.length, rate)];
    }

    private static int place(int count, double rate) {
        return Math.clamp((long) Math.floor(rate * (count + 1)) - 1, 0, count - 1);
    }
}
