package io.consort.router.outcomes;

import java.util.stream.IntStream;

/**
 * Takes the model with the highest expected score less a rate times its price; of equal ones the
 * cheaper, then the first.
 *
 * @param prices per model, at least 0
 * @param rate score per unit of price, at least 0
 * @param pool which models may be chosen
 */
record Rule(double[] prices, double rate, boolean[] pool) {

    private static final int ROUNDS = 60;
    private static final double LOWEST = 1e-9;
    private static final double HIGHEST = 1e9;

    /** Any model of a pool, whatever its price; equally good ones by active parameters. */
    static Rule free(OutcomeSet set) {
        boolean[] pool = new boolean[set.models().size()];
        double[] sizes = new double[pool.length];
        for (int m = 0; m < pool.length; m++) {
            pool[m] = true;
            double size = set.models().get(m).activeParamsB();
            sizes[m] = Double.isNaN(size) ? Double.MAX_VALUE : size;
        }
        return new Rule(sizes, 0, pool);
    }

    Rule at(double other) {
        return new Rule(prices, other, pool);
    }

    /**
     * The model for a prompt, among those of the pool that were asked; where none of the pool was,
     * among all that were.
     */
    int choose(double[] expected, RecordedPrompt prompt) {
        boolean served = IntStream.range(0, pool.length).anyMatch(m -> pool[m] && prompt.asked(m));
        int best = -1;
        for (int m = 0; m < expected.length; m++) {
            if (!prompt.asked(m) || (served && !pool[m])) {
                continue;
            }
            if (best < 0 || isBetter(expected, m, best)) {
                best = m;
            }
        }
        return best;
    }

    /** The choice as shares: 1 for the chosen model. */
    double[] shares(double[] expected, RecordedPrompt prompt) {
        double[] shares = new double[expected.length];
        shares[choose(expected, prompt)] = 1;
        return shares;
    }

    private boolean isBetter(double[] expected, int model, int best) {
        double worth = expected[model] - (rate == 0 ? 0 : rate * prices[model]);
        double other = expected[best] - (rate == 0 ? 0 : rate * prices[best]);
        return worth > other || (worth == other && prices[model] < prices[best]);
    }

    /** Whether a rate will do; if it does, every higher one does. */
    @FunctionalInterface
    interface Test {
        boolean passes(Rule rule);
    }

    /** This rule at the lowest rate that will do, by bisection; at the highest where none does. */
    Rule lowest(Test test) {
        if (test.passes(at(0))) {
            return at(0);
        }
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int round = 0; round < ROUNDS; round++) {
            double middle = (low + high) / 2;
            if (test.passes(at(Math.exp(middle)))) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return at(Math.exp(high));
    }
}
