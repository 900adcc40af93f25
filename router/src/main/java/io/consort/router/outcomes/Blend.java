package io.consort.router.outcomes;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Several forecasts as one. The plain blend is what the categories promise plus the surplus that
 * queries like this one had, or without the surplus where that scores less on queries that it had not
 * seen, so that the blend is no worse there than the categories alone. The stacked one weights these and the other forecasts so that they explain best,
 * on queries that they had not seen, how the models differ (stacking, Wolpert 1992; the weights are
 * never negative). It replaces the plain blend only where the choices that it makes on those queries
 * score more by over a standard error: of two equally good blends the simpler one generalises.
 *
 * @param forecast of new queries
 * @param outOfFold the same of the training queries, by parts that had not seen them
 */
record Blend(Forecast forecast, double[][] outOfFold) {

    private static final int ROUNDS = 500;

    /** Expects what the categories promise. */
    private static final int MAPPED = 0;

    private static final int SURPLUS = 1;

    static Blend fit(List<Query> train) {
        int models = train.getFirst().prompt().scores().length;
        double[][] parts = OutOfFold.of(train, seen -> parts(seen, _ -> true));
        double[] mapped = new double[parts[0].length / models];
        mapped[MAPPED] = 1;
        double[] both = mapped.clone();
        both[SURPLUS] = 1;
        double[] plain = Figures.mean(gains(train, parts, both, mapped)) < 0 ? mapped : both;
        double[] stacked = weights(train, parts, plain.length);
        double[] weights = isClearlyBetter(train, parts, stacked, plain) ? stacked : plain;
        double[][] outOfFold = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            outOfFold[i] = mixed(parts[i], weights);
        }
        Forecast all = parts(train, part -> part <= SURPLUS || weights[part] != 0);
        return new Blend(query -> mixed(all.of(query), weights), outOfFold);
    }

    /**
     * The forecasts of all parts, one behind the other.
     *
     * @param needed whether a part has a say; the others forecast nothing and take no time
     */
    private static Forecast parts(List<Query> train, IntPredicate needed) {
        CategoryHead head = CategoryHead.fit(train);
        double[][] means = MappedForecast.means(train, head);
        int models = means[0].length;
        List<Supplier<Forecast>> all =
                List.of(
                        () -> query -> MappedForecast.weighted(means, head.probabilities(query)),
                        () -> SurplusForecast.fit(train, head, means),
                        () -> NeighboursForecast.fit(train),
                        () -> ClustersForecast.fit(train),
                        () -> LinearForecast.fit(train));
        List<Forecast> parts =
                IntStream.range(0, all.size())
                        .mapToObj(part ->
                                needed.test(part)
                                        ? all.get(part).get()
                                        : (Forecast) _ -> new double[models])
                        .toList();
        return query -> {
            double[] found = new double[parts.size() * models];
            for (int p = 0; p < parts.size(); p++) {
                System.arraycopy(parts.get(p).of(query), 0, found, p * models, models);
            }
            return found;
        };
    }

    private static double[] weights(List<Query> train, double[][] parts, int count) {
        NonNegativeLeastSquares problem = new NonNegativeLeastSquares(count);
        for (int i = 0; i < parts.length; i++) {
            double[] scores = train.get(i).prompt().scores();
            int models = scores.length;
            double[] target = centred(scores, 0, scores);
            double[][] expected = new double[count][];
            for (int p = 0; p < count; p++) {
                expected[p] = centred(parts[i], p * models, scores);
            }
            double[] point = new double[count];
            for (int m = 0; m < models; m++) {
                if (!Double.isNaN(scores[m])) {
                    for (int p = 0; p < count; p++) {
                        point[p] = expected[p][m];
                    }
                    problem.add(point, target[m]);
                }
            }
        }
        return problem.solve(ROUNDS);
    }

    private static boolean isClearlyBetter(
            List<Query> train, double[][] parts, double[] weights, double[] others) {
        double[] gains = gains(train, parts, weights, others);
        double squares = 0;
        for (double gain : gains) {
            squares += gain * gain;
        }
        return Figures.mean(gains) > Math.sqrt(squares) / gains.length;
    }

    /** What the choices by some weights score more than those by others. */
    private static double[] gains(
            List<Query> train, double[][] parts, double[] weights, double[] others) {
        double[] gains = new double[parts.length];
        for (int i = 0; i < gains.length; i++) {
            double[] scores = train.get(i).prompt().scores();
            gains[i] =
                    scores[best(mixed(parts[i], weights), scores)]
                            - scores[best(mixed(parts[i], others), scores)];
        }
        return gains;
    }

    /** The weighted differences between models, at the level of the plain blend. */
    private static double[] mixed(double[] parts, double[] weights) {
        int models = parts.length / weights.length;
        double[] mixed = new double[models];
        for (int p = 0; p < weights.length; p++) {
            double mean = 0;
            for (int m = 0; m < models; m++) {
                mean += parts[p * models + m] / models;
            }
            double level = p == MAPPED || p == SURPLUS ? mean : 0;
            for (int m = 0; m < models; m++) {
                mixed[m] += level + weights[p] * (parts[p * models + m] - mean);
            }
        }
        return mixed;
    }

    private static int best(double[] expected, double[] scores) {
        int best = -1;
        for (int m = 0; m < expected.length; m++) {
            if (!Double.isNaN(scores[m]) && (best < 0 || expected[m] > expected[best])) {
                best = m;
            }
        }
        return best;
    }

    /** As many values as scores, minus their mean over the models that were asked. */
    private static double[] centred(double[] values, int from, double[] scores) {
        double[] centred = new double[scores.length];
        double sum = 0;
        int count = 0;
        for (int m = 0; m < scores.length; m++) {
            centred[m] = values[from + m];
            if (!Double.isNaN(scores[m])) {
                sum += centred[m];
                count++;
            }
        }
        for (int m = 0; m < scores.length; m++) {
            centred[m] -= sum / count;
        }
        return centred;
    }
}
