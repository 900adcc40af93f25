package io.consort.runtime.backend;

/**
 * How probable tokens are beside the most probable one, in integers, so that sums do not depend on
 * their order and every device draws the same token. {@code native/token_weights.cuh} computes the same.
 */
public final class TokenWeights {

    /** The distance of a token that is never drawn. */
    public static final int NEVER = Integer.MAX_VALUE;

    private static final int FRACTION_BITS = 25;

    /** Above all distances of tokens that may be drawn: those less than 2^-40 as probable never are. */
    public static final int END = 40 << FRACTION_BITS;

    /** The weight of the most probable token. */
    public static final long ONE = 1L << 40;

    private static final int MANTISSA_BITS = 24;
    private static final int SHIFT = 16;
    private static final double LOG2_E = 1.4426950408889634;

    // 2^-f for f in [0, 1], to within 3e-7 of its value.
    private static final float C1 = -0.6931437f;
    private static final float C2 = 0.24018015f;
    private static final float C3 = -0.05529736f;
    private static final float C4 = 0.009205798f;
    private static final float C5 = -0.0009449036f;

    private TokenWeights() {}

    /** What differences of logits are multiplied by at a temperature. */
    public static float factor(double temperature) {
        double factor = LOG2_E * (1 << FRACTION_BITS) / temperature;
        return (float) Math.clamp(factor, Float.MIN_NORMAL, Float.MAX_VALUE);
    }

    /**
     * How many halvings a token's probability lies below the greatest one, in units of 2^-25, rounded
     * down; {@link #NEVER} where these are 40 or more.
     *
     * @param highest logit of the row
     * @param factor of the temperature
     */
    public static int distance(float highest, float logit, float factor) {
        float halvings = (highest - logit) * factor;
        return halvings < END ? (int) halvings : NEVER;
    }

    /**
     * The weight of a token at a distance: {@link #ONE} times {@code 2^-halvings}, rounded down.
     *
     * @param distance from 0, below {@link #END}
     */
    public static long weight(int distance) {
        float f = (distance & ((1 << FRACTION_BITS) - 1)) * 0x1p-25f;
        float power = ((((C5 * f + C4) * f + C3) * f + C2) * f + C1) * f + 1;
        long mantissa = (int) (power * (1 << MANTISSA_BITS));
        return (mantissa << SHIFT) >>> (distance >>> FRACTION_BITS);
    }
}
