package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What a policy expects on training queries that it has not seen, by cross-validation. */
final class OutOfFold {

    private static final int FOLDS = 3;

    private OutOfFold() {}

    /**
     * The expected scores per training query. Equal texts stay in one fold, so that nothing is judged
     * on a query that it has seen; a set of fewer different texts than folds is judged as seen.
     */
    static double[][] of(List<Query> train, Function<List<Query>, Forecast> method) {
        Map<String, Integer> texts = new HashMap<>();
        int[] folds =
                train.stream()
                        .mapToInt(query ->
                                texts.computeIfAbsent(query.prompt().text(), _ -> texts.size())
                                        % FOLDS)
                        .toArray();
        if (texts.size() < FOLDS) {
            return expected(method.apply(train), train);
        }
        double[][] expected = new double[train.size()][];
        IntStream.range(0, FOLDS)
                .parallel()
                .forEach(fold -> {
                    List<Query> seen = new ArrayList<>();
                    for (int i = 0; i < folds.length; i++) {
                        if (folds[i] != fold) {
                            seen.add(train.get(i));
                        }
                    }
                    Forecast forecast = method.apply(seen);
                    for (int i = 0; i < folds.length; i++) {
                        if (folds[i] == fold) {
                            expected[i] = forecast.of(train.get(i));
                        }
                    }
                });
        return expected;
    }

    /** The expected scores per query. */
    static double[][] expected(Forecast forecast, List<Query> queries) {
        return queries.parallelStream().map(forecast::of).toArray(double[][]::new);
    }
}
