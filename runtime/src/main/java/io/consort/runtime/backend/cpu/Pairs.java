package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Vectors whose groups of two registers are taken apart into values of even and then of odd index, as
 * kernels need them that read two 16-bit weights as one integer. Its array is reused.
 */
final class Pairs {

    /** Values that are taken apart together. */
    static final int GROUP = Math.max(32, 2 * LANES);

    private static final int HALF = LANES / 2;
    private static final VectorMask<Float> UPPER_HALF = SPECIES.indexInRange(-HALF, HALF);
    private static final VectorShuffle<Float> EVENS_THEN_ODDS =
            VectorShuffle.fromOp(SPECIES, i -> i < HALF ? 2 * i : 2 * (i - HALF) + 1);
    private static final VectorShuffle<Float> ODDS_THEN_EVENS =
            VectorShuffle.fromOp(SPECIES, i -> i < HALF ? 2 * i + 1 : 2 * (i - HALF));
    private static final VectorShuffle<Float> SWAP_HALVES =
            VectorShuffle.fromOp(SPECIES, i -> i ^ HALF);

    private float[] values = {};

    /** An array of so many values or more, valid until the next call. */
    float[] array(int size) {
        if (values.length < size) {
            values = new float[size];
        }
        return values;
    }

    /**
     * Takes a vector apart.
     *
     * @param whole how many values from {@code from} on are taken, a multiple of {@link #GROUP}
     */
    static void split(float[] x, int from, int whole, float[] target, int to) {
        for (int i = 0; i < whole; i += 2 * LANES) {
            FloatVector a = half(x, from + i, EVENS_THEN_ODDS);
            FloatVector b = half(x, from + i + LANES, ODDS_THEN_EVENS);
            a.blend(b, UPPER_HALF).intoArray(target, to + i);
            b.blend(a, UPPER_HALF).rearrange(SWAP_HALVES).intoArray(target, to + i + LANES);
        }
    }

    private static FloatVector half(float[] x, int at, VectorShuffle<Float> order) {
        return FloatVector.fromArray(SPECIES, x, at).rearrange(order);
    }
}
