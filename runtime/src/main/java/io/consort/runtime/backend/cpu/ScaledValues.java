package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;

import jdk.incubator.vector.FloatVector;

/**
 * Vectors as {@link InterleavedKernels} want them: their values times {@link Scales#UNIT}, each divided
 * by as many sixteens as its weights are too large by, [block][vector][column]; and behind them what
 * the sums of blocks begin with, [block][vector]. What is needed together lies together.
 */
final class ScaledValues {

    /** What numbers without a sign are too large by. */
    private static final int ZERO = 8;

    private static final float[] FACTORS = factors();

    private ScaledValues() {}

    private static float[] factors() {
        float[] factors = new float[LANES];
        for (int i = 0; i < LANES; i++) {
            factors[i] = (float) (Scales.UNIT / Math.pow(16, i % Interleaved.DIGITS));
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
    static void scale(float[] x, int from, int in, float[] target, int vector, int count) {
        FloatVector factors = FloatVector.fromArray(SPECIES, FACTORS, 0);
        for (int block = 0; block < in / BLOCK; block++) {
            int at = from + block * BLOCK;
            int to = place(count, vector, block);
            for (int i = 0; i < BLOCK; i += LANES) {
                FloatVector.fromArray(SPECIES, x, at + i).mul(factors).intoArray(target, to + i);
            }
            target[starts(count, in) + to / BLOCK] = sum(x, at) * (-ZERO * Scales.UNIT);
        }
    }

    /** The sum of a block's values, less those at numbers with a sign: the last of every eight. */
    private static float sum(float[] x, int from) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = from; i < from + BLOCK; i += Interleaved.DIGITS) {
            a += x[i] + x[i + 1];
            b += x[i + 2] + x[i + 3];
            c += x[i + 4] + x[i + 5];
            d += x[i + 6];
        }
        return (a + b) + (c + d);
    }
}
