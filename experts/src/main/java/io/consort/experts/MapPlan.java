package io.consort.experts;

import java.util.Map;

/**
 * A map that is to be found rather than given: the best for recorded outcomes within budgets.
 *
 * @param outcomes whose categories are the catalog's
 * @param budgets upper limits by their names, such as {@code hosted-parameters}, each in its own unit:
 *     parameters, USD, milliseconds or bytes
 */
public record MapPlan(RecordedOutcomes outcomes, Map<String, Double> budgets) {

    public MapPlan {
        budgets = Map.copyOf(budgets);
    }
}
