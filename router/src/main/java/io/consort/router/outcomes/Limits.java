package io.consort.router.outcomes;

import io.consort.router.map.Assignment;
import io.consort.router.map.Budgets;
import io.consort.router.map.MapResult;
import io.consort.router.map.Measure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * How policies keep to budgets. A budget on what is hosted leaves them the models of the best map; a
 * budget on a mean makes them pay for what it limits, at the lowest rate that keeps to it on train.
 *
 * @param map the best map within the budgets
 */
record Limits(OutcomeSet set, Costs costs, Budgets budgets, MapResult.Best map) {

    /**
     * Limits with their best map.
     *
     * @throws OutcomeSetException when the set has no map within the budgets
     */
    static Limits of(OutcomeSet set, Costs costs, Budgets budgets) throws OutcomeSetException {
        return new Limits(set, costs, budgets, SetMap.best(set, costs, budgets));
    }

    boolean none() {
        return budgets.limits().isEmpty();
    }

    boolean limitsMeans() {
        return budgets.limits().keySet().stream().anyMatch(measure -> !measure.hosted());
    }

    /** Which models policies may choose. */
    boolean[] pool() {
        boolean[] pool = new boolean[set.models().size()];
        boolean hosting = budgets.limits().keySet().stream().anyMatch(Measure::hosted);
        Set<String> named = new TreeSet<>();
        map.assignments().forEach(assignment -> named.addAll(assignment.ranked()));
        for (int m = 0; m < pool.length; m++) {
            pool[m] = !hosting || named.contains(set.models().get(m).name());
        }
        return pool;
    }

    /**
     * The rule that keeps to the budgets on training queries that the policy had not seen.
     *
     * @param expected what it expected of them; asked for under a budget on a mean alone
     */
    Rule rule(Supplier<double[][]> expected) {
        Rule free = new Rule(Rule.free(set).prices(), 0, pool());
        if (!limitsMeans()) {
            return free;
        }
        Map<Measure, double[]> uses = new HashMap<>();
        double[] prices = new double[set.models().size()];
        budgets.limits()
                .forEach((measure, limit) -> {
                    if (!measure.hosted()) {
                        double[] use = uses(measure);
                        uses.put(measure, use);
                        for (int m = 0; m < prices.length; m++) {
                            prices[m] += use[m] / Math.max(limit, Double.MIN_NORMAL);
                        }
                    }
                });
        double[][] outOfFold = expected.get();
        boolean[] pool = pool();
        for (int m = 0; m < prices.length; m++) {
            pool[m] &= Double.isFinite(prices[m]);
        }
        return new Rule(prices, 0, pool)
                .lowest(rule ->
                        uses.entrySet().stream()
                                .allMatch(use ->
                                        mean(rule, outOfFold, use.getValue())
                                                <= budgets.limit(use.getKey()).orElseThrow()));
    }

    /** The best map's model for each category. */
    Map<String, Integer> byCategory() {
        List<String> names = set.models().stream().map(ModelFacts::name).toList();
        Map<String, Integer> models = new HashMap<>();
        for (Assignment assignment : map.assignments()) {
            models.put(assignment.category(), names.indexOf(assignment.expert()));
        }
        return models;
    }

    private double[] uses(Measure measure) {
        double[] uses = new double[set.models().size()];
        Arrays.setAll(uses, m -> SetMap.use(set, costs, measure, m));
        return uses;
    }

    private double mean(Rule rule, double[][] expected, double[] uses) {
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += uses[rule.choose(expected[i], set.train().get(i))];
        }
        return sum / expected.length;
    }
}
