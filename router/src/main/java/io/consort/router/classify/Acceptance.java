package io.consort.router.classify;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether a query belongs to any category, from the evidence about it: logistic regression over
 * evidence on examples that the head had not seen.
 *
 * @param weights of each kind of evidence, see {@link Evidence#values()}
 * @param threshold the probability under which a query is not accepted
 * @param entropyLimit the entropy of the categories above which a query is undecided
 * @param similarityLimit the mean cosine to the nearest examples under which a query is unlike them
 */
record Acceptance(
        double[] weights,
        double bias,
        double threshold,
        double entropyLimit,
        double similarityLimit) {

    /** The share of queries of known categories that may be turned away by the probability. */
    private static final double FALSE_ABSTENTION = 0.01;

    /** The same for the entropy, and again for the similarity. */
    private static final double FALSE_ALARM = 0.002;

    private static final double PENALTY = 1;

    /** Fewer examples than this are used for everything, and the rates are no promise. */
    private static final int ENOUGH = 100;

    /** Accepts what is about as similar to an example as two wordings of one question are. */
    private static final Acceptance UNTAUGHT =
            new Acceptance(near(10), -5, 0.5, Double.MAX_VALUE, 0.5);

    /**
     * Learns from evidence about held-out examples: the weights from one half of the members, the
     * limits from the other, so that the rates of false abstention hold for examples to come, see
     * {@link Conformal}.
     *
     * @param members evidence about examples of categories
     * @param others evidence about examples of none; where there are none, similarity decides alone
     * @param share of queries of no category that the probabilities are meant for, where it is not
     *     that of the examples
     */
    static Acceptance fit(List<Evidence> members, List<Evidence> others, OptionalDouble share) {
        if (members.isEmpty()) {
            return UNTAUGHT;
        }
        List<Evidence> fitted = part(members, 0);
        List<Evidence> limiting = part(members, 1);
        if (others.isEmpty()) {
            return bySimilarity(fitted, limiting);
        }
        double[] mean = new double[Evidence.SIZE];
        double[] scale = new double[Evidence.SIZE];
        List<float[]> rows =
                Stream.concat(fitted.stream(), others.stream()).map(Evidence::values).toList();
        standardise(rows, mean, scale);
        int[] labels = new int[rows.size()];
        Arrays.fill(labels, 0, fitted.size(), 1);
        LinearModel model =
                LogisticRegression.fit(Rows.of(rows, Evidence.SIZE), labels, 2, PENALTY);
        double[] weights = new double[Evidence.SIZE];
        double bias = model.bias()[1] - model.bias()[0];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (model.weights()[1][i] - model.weights()[0][i]) / scale[i];
            bias -= weights[i] * mean[i];
        }
        if (share.isPresent()) {
            bias += odds(fitted.size(), others.size(), share.getAsDouble());
        }
        return limited(weights, bias, limiting, FALSE_ABSTENTION, FALSE_ALARM);
    }

    /**
     * What log-odds gain where another share of queries is of no category than of the examples (King
     * and Zeng, Logistic Regression in Rare Events Data, 2001).
     */
    private static double odds(int members, int others, double share) {
        return Math.log((1 - share) / share) - Math.log(members / (double) others);
    }

    /** The same with a higher limit of the entropy. */
    Acceptance widened(double entropy) {
        return new Acceptance(weights, bias, threshold, entropyLimit + entropy, similarityLimit);
    }

    /** The probability that a query belongs to any category. */
    double probability(Evidence evidence) {
        float[] values = evidence.values();
        double sum = bias;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return Softmax.sigmoid(sum);
    }

    /** Half probable at the limit of similarity, and nearly certain at the typical similarity. */
    private static Acceptance bySimilarity(List<Evidence> fitted, List<Evidence> limiting) {
        double[] near = sorted(fitted, Evidence::near);
        double typical = near[near.length / 2];
        double limit = Conformal.lower(sorted(limiting, Evidence::near), FALSE_ABSTENTION / 2);
        double slope = 4 / Math.max(typical - limit, 0.02);
        double[] weights = near(slope);
        Acceptance acceptance = limited(weights, -slope * limit, limiting, 0, FALSE_ABSTENTION / 2);
        return new Acceptance(weights, acceptance.bias, 0.5, acceptance.entropyLimit, limit);
    }

    private static Acceptance limited(
            double[] weights,
            double bias,
            List<Evidence> members,
            double falseAbstention,
            double falseAlarm) {
        Acceptance unlimited = new Acceptance(weights, bias, 0, 0, 0);
        return new Acceptance(
                weights,
                bias,
                Conformal.lower(sorted(members, unlimited::probability), falseAbstention),
                Conformal.upper(sorted(members, Evidence::entropy), falseAlarm) + 1e-9,
                Conformal.lower(sorted(members, Evidence::near), falseAlarm) - 1e-9);
    }

    private static List<Evidence> part(List<Evidence> members, int half) {
        return members.size() < ENOUGH
                ? members
                : IntStream.range(0, members.size())
                        .filter(i -> i % 2 == half)
                        .mapToObj(members::get)
                        .toList();
    }

    private static double[] near(double weight) {
        double[] weights = new double[Evidence.SIZE];
        weights[Evidence.NEAR] = weight;
        return weights;
    }

    /** Replaces the values by their distance from the mean in standard deviations. */
    private static void standardise(List<float[]> rows, double[] mean, double[] scale) {
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            double squares = 0;
            for (float[] row : rows) {
                sum += row[i];
            }
            mean[i] = sum / rows.size();
            for (float[] row : rows) {
                squares += (row[i] - mean[i]) * (row[i] - mean[i]);
            }
            double deviation = Math.sqrt(squares / rows.size());
            scale[i] = deviation > 1e-6 ? deviation : 1;
            for (float[] row : rows) {
                row[i] = (float) ((row[i] - mean[i]) / scale[i]);
            }
        }
    }

    private static double[] sorted(List<Evidence> all, ToDoubleFunction<Evidence> value) {
        return all.stream().mapToDouble(value).sorted().toArray();
    }
}
