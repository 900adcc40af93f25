package io.consort.router.classify;

/** Arithmetic of probabilities and their logarithms. */
public final class Softmax {

    private Softmax() {}

    /** The logarithm of the sum of the exponentials of the first {@code count} values. */
    static double logSumExp(double[] values, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, values[i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(values[i] - largest);
        }
        return largest + Math.log(sum);
    }

    /** Probabilities proportional to the exponentials of the first {@code count} logits over a temperature. */
    public static double[] probabilities(double[] logits, int count, double temperature) {
        double[] scaled = new double[count];
        for (int i = 0; i < count; i++) {
            scaled[i] = logits[i] / temperature;
        }
        double total = logSumExp(scaled, count);
        for (int i = 0; i < count; i++) {
            scaled[i] = Math.exp(scaled[i] - total);
        }
        return scaled;
    }

    /** The entropy of a distribution in nats. */
    static double entropy(double[] probabilities) {
        double entropy = 0;
        for (double p : probabilities) {
            if (p > 0) {
                entropy -= p * Math.log(p);
            }
        }
        return entropy;
    }

    /** The logistic function. */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
