package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;

import io.consort.runtime.backend.cpu.Interleaved.Digits;
import jdk.incubator.vector.FloatVector;

/**
 * Vectors as {@link InterleavedKernels} want them: their values times {@link Scales#UNIT}, each divided
 * by the power of two that its weights are too large by, [block][vector][column]; and behind them what
 * the sums of blocks begin with, [block][vector]. What is needed together lies together.
 */
final class ScaledValues {

    private static final float[] FOUR_BITS = factors(Digits.FOUR_BITS);
    private static final float[] EIGHT_BITS = factors(Digits.EIGHT_BITS);

    /** Sums that are taken side by side. */
    private static final int SIDE = 4;

    private ScaledValues() {}

    private static float[] factors(Digits digits) {
        float[] factors = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            factors[i] = Math.scalb(Scales.UNIT, -digits.bits * (i % digits.count));
        }
        return factors;
    }

    /** How many values stand for {@code count} vectors of {@code in}. */
    static int size(int count, int in) {
        return count * (in + in / BLOCK);
    }

    /** Where a vector's values of a block are. */
    static int place(int count, int vector, int block) {
        return (block * count + vector) * BLOCK;
    }

    /** Where what sums begin with is: that of values at {@code p} is {@code p / BLOCK} behind. */
    static int starts(int count, int in) {
        return count * in;
    }

    /** Writes one of {@code count} vectors. */
    static void scale(
            Digits digits, float[] x, int from, int in, float[] target, int vector, int count) {
        float[] each = digits == Digits.FOUR_BITS ? FOUR_BITS : EIGHT_BITS;
        FloatVector factors = FloatVector.fromArray(SPECIES, each, 0);
        // What numbers without a sign are too large by.
        int zero = 1 << (digits.bits - 1);
        for (int block = 0; block < in / BLOCK; block++) {
            int at = from + block * BLOCK;
            int to = place(count, vector, block);
            for (int i = 0; i < BLOCK; i += LANES) {
                FloatVector.fromArray(SPECIES, x, at + i).mul(factors).intoArray(target, to + i);
            }
            target[starts(count, in) + to / BLOCK] = sum(digits, x, at) * (-zero * Scales.UNIT);
        }
    }

    /** The sum of a block's values, less those at numbers with a sign: the last of each integer. */
    private static float sum(Digits digits, float[] x, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < BLOCK; i += SIDE) {
            a += x[from + i];
            b += x[from + i + 1];
            c += x[from + i + 2];
            d += (i + SIDE) % digits.count == 0 ? 0 : x[from + i + 3];
        }
        return (a + b) + (c + d);
    }
}
