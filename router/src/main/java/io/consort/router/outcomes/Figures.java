package io.consort.router.outcomes;

import java.util.Arrays;

/** Means and errors of figures, where NaN stands for an unknown one. */
final class Figures {

    private Figures() {}

    /** So many unknown figures. */
    static double[] unknown(int count) {
        double[] figures = new double[count];
        Arrays.fill(figures, Double.NaN);
        return figures;
    }

    /** The mean; NaN of none, and where one is unknown. */
    static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** The mean of those that are known; 0 of none. */
    static double meanOfKnown(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).average().orElse(0);
    }

    /** The differences, place by place. */
    static double[] minus(double[] values, double[] others) {
        double[] differences = values.clone();
        for (int i = 0; i < differences.length; i++) {
            differences[i] -= others[i];
        }
        return differences;
    }

    /** The sums, place by place. */
    static double[] plus(double[] values, double[] others) {
        double[] sums = values.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += others[i];
        }
        return sums;
    }

    /**
     * The value below which a share of the values lies; NaN of none.
     *
     * @param share in [0, 1]
     */
    static double quantile(double[] values, double share) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
    }
}
