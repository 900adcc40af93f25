package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Expects of a model the weighted sum of what the other methods expect (stacking, Wolpert 1992). The
 * weights are never negative and explain best how the models differ on queries that the methods had
 * not seen; what all models share on a query does not count.
 */
final class BlendForecast {

    private static final List<Method> PARTS =
            List.of(Method.MAPPED, Method.NEIGHBOURS, Method.CLUSTERS, Method.LINEAR);
    private static final int FOLDS = 3;
    private static final int ROUNDS = 200;

    private BlendForecast() {}

    static Forecast fit(List<Query> train) {
        double[] weights = weights(train);
        List<Forecast> parts = PARTS.stream().map(part -> part.fit(train)).toList();
        return query -> {
            double[][] expected = new double[parts.size()][];
            for (int p = 0; p < expected.length; p++) {
                expected[p] = parts.get(p).of(query);
            }
            return MappedForecast.weighted(expected, weights);
        };
    }

    /** Equal texts stay in one fold, so that nothing is judged on a query that it has seen. */
    private static double[] weights(List<Query> train) {
        Map<String, Integer> texts = new HashMap<>();
        List<List<Query>> folds = new ArrayList<>();
        for (int f = 0; f < FOLDS; f++) {
            folds.add(new ArrayList<>());
        }
        for (Query query : train) {
            int text = texts.computeIfAbsent(query.prompt().text(), _ -> texts.size());
            folds.get(text % FOLDS).add(query);
        }
        NonNegativeLeastSquares problem = new NonNegativeLeastSquares(PARTS.size());
        for (int held = 0; held < FOLDS && texts.size() >= FOLDS; held++) {
            List<Query> seen = new ArrayList<>();
            for (int f = 0; f < FOLDS; f++) {
                if (f != held) {
                    seen.addAll(folds.get(f));
                }
            }
            List<Forecast> parts = PARTS.stream().map(part -> part.fit(seen)).toList();
            folds.get(held).forEach(query -> observe(query, parts, problem));
        }
        return problem.solve(ROUNDS);
    }

    private static void observe(
            Query query, List<Forecast> parts, NonNegativeLeastSquares problem) {
        double[] scores = query.prompt().scores();
        double[] target = centred(scores, scores);
        double[][] expected = new double[parts.size()][];
        for (int p = 0; p < expected.length; p++) {
            expected[p] = centred(parts.get(p).of(query), scores);
        }
        double[] point = new double[expected.length];
        for (int m = 0; m < scores.length; m++) {
            if (!Double.isNaN(scores[m])) {
                for (int p = 0; p < point.length; p++) {
                    point[p] = expected[p][m];
                }
                problem.add(point, target[m]);
            }
        }
    }

    /** The values minus their mean over the models that were asked. */
    private static double[] centred(double[] values, double[] scores) {
        double sum = 0;
        int count = 0;
        for (int m = 0; m < values.length; m++) {
            if (!Double.isNaN(scores[m])) {
                sum += values[m];
                count++;
            }
        }
        double[] centred = values.clone();
        for (int m = 0; m < values.length; m++) {
            centred[m] -= sum / count;
        }
        return centred;
    }
}
