package io.consort.runtime.bench;

import java.util.Arrays;

/** Values of one figure, at most one per round. */
final class Series {

    private double[] values = {};

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    /** Rounds that it was measured in. */
    int count() {
        return values.length;
    }

    /** Whether every round has a value: an engine answers NaN to what it cannot do. */
    boolean known() {
        return Arrays.stream(values).noneMatch(Double::isNaN);
    }

    double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
