package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Judges policies beside the reference routers, all on the same test prompts. */
final class Comparison {

    private final OutcomeSet set;
    private final List<Query> train;
    private final List<Query> test;
    private final double embeddingMs;
    private final long seed;
    private final double[] overall;

    /**
     * @param train queries of the set's training prompts, in their order
     * @param test the same of its test prompts
     * @param embeddingMs what the embedding of a prompt takes
     */
    Comparison(OutcomeSet set, List<Query> train, List<Query> test, double embeddingMs, long seed) {
        this.set = set;
        this.train = train;
        this.test = test;
        this.embeddingMs = embeddingMs;
        this.seed = seed;
        this.overall = MeanScores.of(train).overall();
    }

    /** The reference routers: two that know nothing of the query, two that know what none can. */
    List<Standing> references() {
        List<Standing> rows = new ArrayList<>();
        rows.add(reference("best-single", query -> chosen(overall, query)));
        rows.add(reference("random", Comparison::anyone));
        Map<String, double[]> gold = goldMap();
        rows.add(
                reference(
                        "gold-category-map",
                        query ->
                                chosen(
                                        gold.getOrDefault(query.prompt().category(), overall),
                                        query)));
        rows.add(reference("oracle", query -> chosen(query.prompt().scores(), query)));
        return rows;
    }

    /** Fits a policy and judges it. */
    Standing policy(Method method) {
        Forecast forecast = method.fit(train);
        long begin = System.nanoTime();
        double[][] shares = new double[test.size()][];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = chosen(forecast.of(test.get(i)), test.get(i));
        }
        double ms = (System.nanoTime() - begin) / 1e6 / shares.length + embeddingMs;
        return Standing.of(method.label(), set.models(), set.test(), shares, ms, seed);
    }

    private Standing reference(String name, Function<Query, double[]> router) {
        double[][] shares = test.stream().map(router).toArray(double[][]::new);
        return Standing.of(name, set.models(), set.test(), shares, Double.NaN, seed);
    }

    private Map<String, double[]> goldMap() {
        MeanScores means = MeanScores.of(train);
        Map<String, MeanScores.Group> groups = new HashMap<>();
        for (Query query : train) {
            groups.computeIfAbsent(query.prompt().category(), _ -> means.group()).add(query, 1);
        }
        Map<String, double[]> map = new HashMap<>();
        groups.forEach((category, group) -> map.put(category, group.means()));
        return map;
    }

    private static double[] anyone(Query query) {
        double[] scores = query.prompt().scores();
        long asked = Arrays.stream(scores).filter(score -> !Double.isNaN(score)).count();
        return Arrays.stream(scores).map(score -> Double.isNaN(score) ? 0 : 1.0 / asked).toArray();
    }

    /** The best of the models that were asked; of equally good ones the smallest, then the first. */
    private double[] chosen(double[] expected, Query query) {
        double[] scores = query.prompt().scores();
        int best = -1;
        for (int m = 0; m < scores.length; m++) {
            if (Double.isNaN(scores[m])) {
                continue;
            }
            if (best < 0
                    || expected[m] > expected[best]
                    || (expected[m] == expected[best] && size(m) < size(best))) {
                best = m;
            }
        }
        double[] shares = new double[scores.length];
        shares[best] = 1;
        return shares;
    }

    private double size(int model) {
        double active = set.models().get(model).activeParamsB();
        return Double.isNaN(active) ? Double.MAX_VALUE : active;
    }
}
