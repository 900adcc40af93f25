package io.consort.runtime.check;

/** How far a backend's numbers may lie from the expected ones. NaN is never within. */
public enum Tolerance {
    /** All arithmetic is float32: no value deviates by more than this share of 1 + |value|. */
    FULL(1e-3),
    /**
     * Activations and the cache are kept in sixteen bits: the difference is shorter than this share
     * of the expected values' length. A single value may be further off, because the values that it is
     * a sum of are rounded to eight or eleven bits each.
     */
    SIXTEEN_BIT(3e-2);

    private final double limit;

    Tolerance(double limit) {
        this.limit = limit;
    }

    /** The limit. */
    public double limit() {
        return limit;
    }

    boolean allows(Deviation deviation) {
        return switch (this) {
            case FULL -> deviation.relative() <= limit;
            case SIXTEEN_BIT -> deviation.length() <= limit;
        };
    }

    /**
     * Whether a token may be chosen where another one is expected: never in full arithmetic; else when
     * their logits differ by no more than the deviations of two values.
     *
     * @param spread the logits' root mean square
     */
    boolean confuses(double chosen, double expected, double spread) {
        return this == SIXTEEN_BIT && chosen - expected <= 6 * limit * spread;
    }
}
