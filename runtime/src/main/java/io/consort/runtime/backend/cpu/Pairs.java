package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * One vector, and the same vector taken apart into values of even and of odd index, as kernels need
 * them that read two 16-bit weights as one integer. Its arrays are reused.
 */
final class Pairs {

    private static final int HALF = LANES / 2;
    private static final VectorMask<Float> UPPER_HALF = SPECIES.indexInRange(-HALF, HALF);
    private static final VectorShuffle<Float> EVENS_THEN_ODDS =
            VectorShuffle.fromOp(SPECIES, i -> i < HALF ? 2 * i : 2 * (i - HALF) + 1);
    private static final VectorShuffle<Float> ODDS_THEN_EVENS =
            VectorShuffle.fromOp(SPECIES, i -> i < HALF ? 2 * i + 1 : 2 * (i - HALF));
    private static final VectorShuffle<Float> SWAP_HALVES =
            VectorShuffle.fromOp(SPECIES, i -> i ^ HALF);

    private float[] all = {};
    private int from;
    private float[] evens = {};
    private float[] odds = {};
    private int whole;

    /** Takes {@code size} values from {@code start} on apart. */
    Pairs split(float[] x, int start, int size) {
        all = x;
        from = start;
        whole = size / (2 * LANES) * (2 * LANES);
        if (evens.length < whole / 2) {
            evens = new float[whole / 2];
            odds = new float[whole / 2];
        }
        for (int i = 0; i < whole; i += 2 * LANES) {
            FloatVector a = half(x, start + i, EVENS_THEN_ODDS);
            FloatVector b = half(x, start + i + LANES, ODDS_THEN_EVENS);
            a.blend(b, UPPER_HALF).intoArray(evens, i / 2);
            b.blend(a, UPPER_HALF).rearrange(SWAP_HALVES).intoArray(odds, i / 2);
        }
        return this;
    }

    private static FloatVector half(float[] x, int at, VectorShuffle<Float> order) {
        return FloatVector.fromArray(SPECIES, x, at).rearrange(order);
    }

    /** The array that holds the vector itself. */
    float[] all() {
        return all;
    }

    /** Where the vector begins in {@link #all}. */
    int from() {
        return from;
    }

    /** How many leading values are in the halves: a multiple of two vector registers. */
    int whole() {
        return whole;
    }

    float[] evens() {
        return evens;
    }

    float[] odds() {
        return odds;
    }
}
