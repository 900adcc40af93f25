package io.consort.runtime.check;

/**
 * How far values lie from the expected ones.
 *
 * @param name what was compared
 * @param largest the largest absolute difference; NaN when a value is not a number
 * @param relative the largest {@code |difference| / (1 + |expected|)}; NaN likewise
 * @param row where {@code relative} was found
 * @param column where {@code relative} was found
 */
public record Deviation(String name, double largest, double relative, int row, int column) {

    /** What {@link #relative} may be at parity. */
    public static final double TOLERANCE = 1e-3;

    /** Whether every value is a number and within the tolerance. */
    public boolean isWithinTolerance() {
        return relative <= TOLERANCE;
    }

    /** Whether a value was not a finite number. */
    public boolean isNaN() {
        return Double.isNaN(relative);
    }

    /**
     * Compares row-major matrices of the same size.
     *
     * @throws IllegalArgumentException if their sizes differ
     */
    static Deviation between(String name, float[] actual, float[] expected, int width) {
        if (actual.length != expected.length) {
            throw new IllegalArgumentException(
                    "`%s` has %d values, but %d are expected"
                            .formatted(name, actual.length, expected.length));
        }
        double largest = 0;
        double relative = 0;
        int place = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs((double) actual[i] - expected[i]);
            if (!Float.isFinite(actual[i]) || !Double.isFinite(difference)) {
                return new Deviation(name, Double.NaN, Double.NaN, i / width, i % width);
            }
            largest = Math.max(largest, difference);
            double share = difference / (1 + Math.abs((double) expected[i]));
            if (share > relative) {
                relative = share;
                place = i;
            }
        }
        return new Deviation(name, largest, relative, place / width, place % width);
    }
}
