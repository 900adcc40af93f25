package io.consort.router.outcomes;

import io.consort.router.classify.LinearModel;
import io.consort.router.classify.LogisticRegression;
import io.consort.router.classify.Rows;
import io.consort.router.classify.Softmax;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Expects of a model its mean score over the categories, weighted by their probabilities. */
final class MappedForecast {

    private static final double PENALTY = 0.1;

    private MappedForecast() {}

    static Forecast fit(List<Query> train) {
        Map<String, List<Query>> categories =
                train.stream()
                        .collect(
                                Collectors.groupingBy(
                                        query -> query.prompt().category(),
                                        TreeMap::new,
                                        Collectors.toList()));
        MeanScores means = MeanScores.of(train);
        double[][] expected =
                categories.values().stream()
                        .map(members -> {
                            MeanScores.Group group = means.group();
                            members.forEach(member -> group.add(member, 1));
                            return group.means();
                        })
                        .toArray(double[][]::new);
        if (expected.length == 1) {
            return _ -> expected[0];
        }
        List<String> names = List.copyOf(categories.keySet());
        Map<String, Integer> labels =
                names.stream().collect(Collectors.toMap(name -> name, names::indexOf));
        int[] labelled =
                train.stream()
                        .mapToInt(query -> labels.getOrDefault(query.prompt().category(), 0))
                        .toArray();
        LinearModel head = LogisticRegression.fit(rows(train), labelled, names.size(), PENALTY);
        return query ->
                weighted(
                        expected,
                        Softmax.probabilities(head.logits(query.features()), names.size(), 1));
    }

    /** The features of the queries. */
    static Rows rows(List<Query> queries) {
        return Rows.of(
                queries.stream().map(Query::features).toList(),
                queries.getFirst().features().length);
    }

    /** The sum of the rows, each times its weight. */
    static double[] weighted(double[][] rows, double[] weights) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < weights.length; i++) {
            for (int m = 0; m < sum.length; m++) {
                sum[m] += weights[i] * rows[i][m];
            }
        }
        return sum;
    }
}
