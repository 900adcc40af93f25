package io.consort.router.classify;

import java.util.Arrays;
import java.util.List;
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

    /** Accepts what is about as similar to an example as two wordings of one question are. */
    private static final Acceptance UNTAUGHT =
            new Acceptance(new double[] {0, 0, 0, 10, 0}, -5, 0.5, Double.MAX_VALUE, 0.5);

    /**
     * Learns from evidence about held-out examples.
     *
     * @param members evidence about examples of categories
     * @param others evidence about examples of none; where there are none, similarity decides alone
     */
    static Acceptance fit(List<Evidence> members, List<Evidence> others) {
        if (members.isEmpty()) {
            return UNTAUGHT;
        }
        if (others.isEmpty()) {
            return bySimilarity(members);
        }
        double[] mean = new double[Evidence.SIZE];
        double[] scale = new double[Evidence.SIZE];
        List<float[]> rows =
                Stream.concat(members.stream(), others.stream()).map(Evidence::values).toList();
        standardise(rows, mean, scale);
        int[] labels = new int[rows.size()];
        Arrays.fill(labels, 0, members.size(), 1);
        LinearModel model =
                LogisticRegression.fit(Rows.of(rows, Evidence.SIZE), labels, 2, PENALTY);
        double[] weights = new double[Evidence.SIZE];
        double bias = model.bias()[1] - model.bias()[0];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (model.weights()[1][i] - model.weights()[0][i]) / scale[i];
            bias -= weights[i] * mean[i];
        }
        return limited(weights, bias, members, FALSE_ABSTENTION, FALSE_ALARM);
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
    private static Acceptance bySimilarity(List<Evidence> members) {
        double[] near = sorted(members.stream().mapToDouble(Evidence::near).toArray());
        double limit = quantile(near, FALSE_ABSTENTION / 2);
        double typical = quantile(near, 0.5);
        double slope = 4 / Math.max(typical - limit, 0.02);
        double[] weights = new double[Evidence.SIZE];
        weights[3] = slope;
        Acceptance acceptance = limited(weights, -slope * limit, members, 0, FALSE_ABSTENTION / 2);
        return new Acceptance(weights, acceptance.bias, 0.5, acceptance.entropyLimit, limit);
    }

    private static Acceptance limited(
            double[] weights,
            double bias,
            List<Evidence> members,
            double falseAbstention,
            double falseAlarm) {
        Acceptance unlimited = new Acceptance(weights, bias, 0, 0, 0);
        double[] accepted = sorted(members.stream().mapToDouble(unlimited::probability).toArray());
        double[] entropy = sorted(members.stream().mapToDouble(Evidence::entropy).toArray());
        double[] near = sorted(members.stream().mapToDouble(Evidence::near).toArray());
        return new Acceptance(
                weights,
                bias,
                quantile(accepted, falseAbstention),
                quantile(entropy, 1 - falseAlarm) + 1e-9,
                quantile(near, falseAlarm) - 1e-9);
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

    private static double[] sorted(double[] values) {
        Arrays.sort(values);
        return values;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }
}
