package io.consort.router.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranked experts of whom now and then another than the first is asked first, so that something is
 * learned about the others as well.
 *
 * @param experts in the order in which they are asked
 * @param propensity the probability that the first of them is asked first
 * @param explored whether chance chose
 */
record Exploration(List<String> experts, double propensity, boolean explored) {

    Exploration {
        experts = List.copyOf(experts);
    }

    /**
     * The order for one query.
     *
     * @param ranked the best first
     * @param share of queries for which any of them, also the best, comes first with equal probability
     * @param random in [0, 1); below {@code share}, chance chooses
     */
    static Exploration of(List<String> ranked, double share, double random) {
        int count = ranked.size();
        if (count < 2 || share <= 0) {
            return new Exploration(ranked, 1, false);
        }
        int chosen = random < share ? Math.min(count - 1, (int) (random / share * count)) : 0;
        double propensity = share / count + (chosen == 0 ? 1 - share : 0);
        if (chosen == 0) {
            return new Exploration(ranked, propensity, false);
        }
        List<String> order = new ArrayList<>(ranked);
        order.addFirst(order.remove(chosen));
        return new Exploration(order, propensity, true);
    }

    /** Adds to the reasons that chance chose, where it did. */
    void explain(List<String> reasons) {
        if (explored) {
            reasons.add(
                    "To learn about others as well, %s is asked first this time (probability %s)."
                            .formatted(experts.getFirst(), Words.percent(propensity)));
        }
    }
}
