package io.consort.router.outcomes;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference routers: two that know nothing of the query, two that know what none can. */
final class References {

    private References() {}

    /** Per router and test prompt the share of each model in the choice. */
    static Map<String, double[][]> shares(OutcomeSet set, List<Query> train, List<Query> test) {
        Rule rule = Rule.free(set);
        double[] overall = MeanScores.of(train).overall();
        Map<String, double[]> gold = gold(train);
        Map<String, double[][]> shares = new LinkedHashMap<>();
        shares.put("best-single", all(test, prompt -> rule.shares(overall, prompt)));
        shares.put("random", all(test, References::anyone));
        shares.put(
                "gold-category-map",
                all(
                        test,
                        prompt ->
                                rule.shares(
                                        gold.getOrDefault(prompt.category(), overall), prompt)));
        shares.put("oracle", all(test, prompt -> rule.shares(prompt.scores(), prompt)));
        return shares;
    }

    private interface Router {
        double[] route(RecordedPrompt prompt);
    }

    private static double[][] all(List<Query> test, Router router) {
        return test.stream().map(query -> router.route(query.prompt())).toArray(double[][]::new);
    }

    private static Map<String, double[]> gold(List<Query> train) {
        MeanScores means = MeanScores.of(train);
        Map<String, MeanScores.Group> groups = new LinkedHashMap<>();
        for (Query query : train) {
            groups.computeIfAbsent(query.prompt().category(), _ -> means.group()).add(query, 1);
        }
        Map<String, double[]> map = new LinkedHashMap<>();
        groups.forEach((category, group) -> map.put(category, group.means()));
        return map;
    }

    private static double[] anyone(RecordedPrompt prompt) {
        double[] scores = prompt.scores();
        long asked = Arrays.stream(scores).filter(score -> !Double.isNaN(score)).count();
        return Arrays.stream(scores).map(score -> Double.isNaN(score) ? 0 : 1.0 / asked).toArray();
    }
}
