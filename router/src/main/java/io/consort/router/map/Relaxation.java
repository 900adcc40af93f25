package io.consort.router.map;

/**
 * Budgets on means turned into prices per unit of use (Lagrangian relaxation, Fisher 1981): a bound
 * on what any choice can reach, for a set of experts, and at times a choice that meets the budgets.
 */
final class Relaxation {

    private static final int SWEEPS = 3;
    private static final int HALVINGS = 24;
    private static final int STEPS = 40;

    private final Instance instance;

    /** [k] */
    private double[] prices;

    /** [c][e] the value less the priced use. */
    private final double[][] reduced;

    Relaxation(Instance instance, double[] prices) {
        this.instance = instance;
        this.prices = prices.clone();
        this.reduced = new double[instance.categories()][instance.experts()];
        reduce();
    }

    double[] prices() {
        return prices.clone();
    }

    double[][] reduced() {
        return reduced;
    }

    /** The expert of each category with the highest reduced value; -1 where all are forbidden. */
    int[] choice(boolean[] open) {
        int[] choice = new int[reduced.length];
        for (int c = 0; c < reduced.length; c++) {
            double best = Double.NEGATIVE_INFINITY;
            choice[c] = -1;
            for (int e = 0; e < open.length; e++) {
                if (open[e] && reduced[c][e] > best) {
                    best = reduced[c][e];
                    choice[c] = e;
                }
            }
        }
        return choice;
    }

    /** What no choice among the open experts exceeds. */
    double bound(boolean[] open) {
        double bound = allowance();
        for (double[] row : reduced) {
            double best = Double.NEGATIVE_INFINITY;
            for (int e = 0; e < open.length; e++) {
                if (open[e] && row[e] > best) {
                    best = row[e];
                }
            }
            bound += best;
        }
        return bound;
    }

    /** What the budgets themselves are worth at these prices. */
    double allowance() {
        double allowance = 0;
        for (int k = 0; k < prices.length; k++) {
            allowance += prices[k] * instance.meanLimit()[k];
        }
        return allowance;
    }

    /**
     * Sets the prices so that the bound for these experts gets low.
     *
     * @return the bound; negative infinity where some category has no expert
     */
    double tighten(boolean[] open) {
        double bound = bound(open);
        if (prices.length == 0 || bound == Double.NEGATIVE_INFINITY) {
            return bound;
        }
        double[] best = prices.clone();
        for (int sweep = 0; sweep < (prices.length == 1 ? 1 : SWEEPS); sweep++) {
            for (int k = 0; k < prices.length; k++) {
                balance(k, open);
            }
            double now = bound(open);
            if (now < bound) {
                bound = now;
                best = prices.clone();
            }
        }
        for (int step = 0; step < STEPS && prices.length > 1; step++) {
            descend(open, 0.02 / (1 + step));
            double now = bound(open);
            if (now < bound) {
                bound = now;
                best = prices.clone();
            }
        }
        prices = best;
        reduce();
        return bound;
    }

    /** Finds the price of one budget at which its use crosses the limit, the others held. */
    private void balance(int k, boolean[] open) {
        double low = 0;
        double high = 1;
        setPrice(k, 0);
        if (excess(k, open) <= 0) {
            return;
        }
        setPrice(k, high);
        for (int i = 0; i < HALVINGS && excess(k, open) > 0; i++) {
            low = high;
            high *= 4;
            setPrice(k, high);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            setPrice(k, middle);
            if (excess(k, open) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        setPrice(k, high);
    }

    /** One step down a subgradient of the bound. */
    private void descend(boolean[] open, double length) {
        double[] excess = new double[prices.length];
        double norm = 0;
        for (int k = 0; k < excess.length; k++) {
            excess[k] = excess(k, open);
            norm += excess[k] * excess[k];
        }
        if (norm == 0) {
            return;
        }
        for (int k = 0; k < excess.length; k++) {
            prices[k] = Math.max(0, prices[k] + length * excess[k] / Math.sqrt(norm));
        }
        reduce();
    }

    private double excess(int k, boolean[] open) {
        int[] choice = choice(open);
        double use = -instance.meanLimit()[k];
        for (int c = 0; c < choice.length; c++) {
            use += instance.mean()[k][c][choice[c]];
        }
        return use;
    }

    private void setPrice(int k, double price) {
        prices[k] = price;
        reduce();
    }

    private void reduce() {
        for (int c = 0; c < reduced.length; c++) {
            for (int e = 0; e < reduced[c].length; e++) {
                double value = instance.value()[c][e];
                for (int k = 0; k < prices.length; k++) {
                    value -= prices[k] * instance.mean()[k][c][e];
                }
                reduced[c][e] = value;
            }
        }
    }
}
