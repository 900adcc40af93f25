package io.consort.router.outcomes;

import java.util.Arrays;
import java.util.Comparator;

/** How far probabilities are from what comes true: expected calibration error (Naeini 2015). */
final class Calibration {

    private static final int BINS = 15;

    private Calibration() {}

    /**
     * The mean distance between prediction and outcome over bins of equally many predictions; NaN of
     * none.
     */
    static double error(double[] predicted, double[] came) {
        Integer[] order = new Integer[predicted.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> predicted[i]));
        int bins = Math.min(BINS, order.length);
        double error = 0;
        for (int bin = 0; bin < bins; bin++) {
            int from = (int) ((long) bin * order.length / bins);
            int to = (int) ((long) (bin + 1) * order.length / bins);
            double off = 0;
            for (int i = from; i < to; i++) {
                off += predicted[order[i]] - came[order[i]];
            }
            error += Math.abs(off) / order.length;
        }
        return bins == 0 ? Double.NaN : error;
    }
}
