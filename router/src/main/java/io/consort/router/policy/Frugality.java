package io.consort.router.policy;

import java.util.List;

/**
 * What money must count for, so that the mean cost over known queries keeps to a budget: the
 * smallest such rate, which costs least in score (the Lagrangian of the budget).
 *
 * @param expected per query the expected score of each expert
 * @param usd what a thousand requests to each expert cost
 */
record Frugality(List<double[]> expected, double[] usd) {

    private static final int ROUNDS = 80;
    private static final double HIGHEST = 1e9;
    private static final double LOWEST = 1e-9;

    Frugality {
        expected = List.copyOf(expected);
    }

    /** The cost of a thousand requests to the cheapest expert. */
    double cheapest() {
        double least = Double.POSITIVE_INFINITY;
        for (double cost : usd) {
            least = Math.min(least, cost);
        }
        return least;
    }

    /**
     * The rate for a budget.
     *
     * @param budget USD per thousand requests, at least {@link #cheapest}
     */
    double lambda(double budget) {
        if (cost(0) <= budget) {
            return 0;
        }
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int round = 0; round < ROUNDS; round++) {
            double middle = (low + high) / 2;
            if (cost(Math.exp(middle)) <= budget) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.exp(high);
    }

    /** The mean cost of a thousand requests under a rate. */
    double cost(double lambda) {
        double sum = 0;
        for (double[] scores : expected) {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                double more = scores[i] - scores[best] - lambda * (usd[i] - usd[best]);
                if (more > 0 || (more == 0 && usd[i] < usd[best])) {
                    best = i;
                }
            }
            sum += usd[best];
        }
        return sum / expected.size();
    }
}
