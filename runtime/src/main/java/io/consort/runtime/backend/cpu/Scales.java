package io.consort.runtime.backend.cpu;

/**
 * Scales of interleaved blocks in 16 bits: sign, five bits of exponent, ten of mantissa, as in float16
 * but with all exponents that float16's subnormal numbers have, and for that without its largest ones.
 * Shifted into the place of a float32's bits they are the scale times {@code 2^-102}: no conversion,
 * and no subnormal number, which processors are slow with.
 *
 * <p>So that neither these nor the sums leave float32's range, a vector's values are multiplied by
 * {@link #UNIT} beforehand, and so is the sum at the end; both are exact.
 */
final class Scales {

    /** The root of what the bits are too small by. */
    static final float UNIT = 0x1p51f;

    /** What is left of a scale's bits, with its sign extended, after they were shifted by {@link #SHIFT}. */
    static final int KEPT = 0x8fffe000;

    static final int SHIFT = 13;

    private static final int SIGN = 0x8000;
    private static final int MANTISSA_BITS = 10;
    private static final int MANTISSA = (1 << MANTISSA_BITS) - 1;
    private static final int EXPONENT = 31;
    private static final int SUBNORMALS = 10;
    private static final int LARGEST = EXPONENT - SUBNORMALS;

    private Scales() {}

    /** Whether a float16 number, given by its bits, can be written: one below 128. */
    static boolean canWrite(short half) {
        return ((half >> MANTISSA_BITS) & EXPONENT) <= LARGEST;
    }

    /** A float16 number that {@link #canWrite can be written}. */
    static short of(short half) {
        int sign = half & SIGN;
        int exponent = (half >> MANTISSA_BITS) & EXPONENT;
        int mantissa = half & MANTISSA;
        if (exponent > 0) {
            return (short) (sign | ((exponent + SUBNORMALS) << MANTISSA_BITS) | mantissa);
        }
        if (mantissa == 0) {
            return (short) sign;
        }
        int first = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(mantissa);
        int rest = (mantissa << (MANTISSA_BITS - first)) & MANTISSA;
        return (short) (sign | ((first + 1) << MANTISSA_BITS) | rest);
    }
}
