package io.consort.runtime.check;

/**
 * How far values lie from the expected ones.
 *
 * @param name what was compared
 * @param largest the largest absolute difference; NaN when a value is not a number
 * @param relative the largest {@code |difference| / (1 + |expected|)}; NaN likewise
 * @param length of the difference as a share of the expected values' length, both Euclidean; NaN
 *     likewise
 * @param row where {@code relative} was found
 * @param column where {@code relative} was found
 */
public record Deviation(
        String name, double largest, double relative, double length, int row, int column) {

    /** Whether every value is a number and within the tolerance of full arithmetic. */
    public boolean isWithinTolerance() {
        return Tolerance.FULL.allows(this);
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
        double squares = 0;
        double expectedSquares = 0;
        int place = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs((double) actual[i] - expected[i]);
            if (!Float.isFinite(actual[i]) || !Double.isFinite(difference)) {
                return new Deviation(
                        name, Double.NaN, Double.NaN, Double.NaN, i / width, i % width);
            }
            largest = Math.max(largest, difference);
            squares += difference * difference;
            expectedSquares += (double) expected[i] * expected[i];
            double share = difference / (1 + Math.abs((double) expected[i]));
            if (share > relative) {
                relative = share;
                place = i;
            }
        }
        double length = squares == 0 ? 0 : Math.sqrt(squares / expectedSquares);
        return new Deviation(name, largest, relative, length, place / width, place % width);
    }
}
