package io.consort.runtime.backend;

/**
 * A draw by probability, from what is left of the tokens after two cuts. Its result depends on
 * nothing but the logits, this, and the token's position in the answer.
 *
 * @param temperature that logits are divided by, above 0
 * @param topK so many of the most probable tokens are kept; all of them at {@link #ALL}
 * @param topP of these, the fewest that have this share of their probability are kept (Holtzman et
 *     al., "The Curious Case of Neural Text Degeneration", 2020); all of them at 1
 */
public record Draw(double temperature, int topK, double topP, long seed) {

    /** Keeps all tokens. */
    public static final int ALL = Integer.MAX_VALUE;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    public Draw {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "`temperature` must be a number above 0, not " + temperature);
        }
        if (topK < 1) {
            throw new IllegalArgumentException("`topK` must be at least 1, not " + topK);
        }
        if (!(topP >= 0 && topP <= 1)) {
            throw new IllegalArgumentException("`topP` must be between 0 and 1, not " + topP);
        }
    }

    /** What {@link #fraction} mixes positions into. */
    public long key() {
        return mix(seed + GOLDEN);
    }

    /**
     * The random number of a position, in units of 2^-64 and unsigned: a hash of seed and position
     * (SplitMix64, Steele 2014).
     *
     * @param position of the token in the answer, from 0
     */
    public long fraction(int position) {
        return mix(key() + (position + 1) * GOLDEN);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
