package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Sums of the lanes of vectors, four at once: halves are folded onto each other while two vectors
 * become one, so that four sums cost little more than one. The order of additions is fixed.
 *
 * <p>Kernels leave their sums in lanes for this second pass: with it a kernel grows beyond what the
 * compiler is willing to keep in registers.
 */
final class Sums {

    private static final VectorMask<Float> UPPER_HALF = mask(LANES / 2);
    private static final VectorMask<Float> UPPER_QUARTERS = mask(LANES / 4);
    private static final VectorShuffle<Float> SWAP_HALVES = swap(LANES / 2);
    private static final VectorShuffle<Float> SWAP_QUARTERS = swap(LANES / 4);
    private static final VectorShuffle<Float> SWAP_EIGHTHS = swap(Math.max(1, LANES / 8));
    private static final VectorShuffle<Float> SWAP_NEIGHBOURS = swap(1);
    private static final VectorShuffle<Float> GATHER =
            VectorShuffle.fromOp(SPECIES, i -> LANES / 4 * ((i & 1) * 2 + (i >> 1 & 1)));

    private Sums() {}

    /**
     * Writes sums to neighbouring places.
     *
     * @param lanes four registers from {@code from} on
     * @param y receives the four sums from {@code to} on
     */
    static void reduce(float[] lanes, int from, float[] y, int to) {
        FloatVector ab =
                fold(
                        FloatVector.fromArray(SPECIES, lanes, from),
                        FloatVector.fromArray(SPECIES, lanes, from + LANES),
                        UPPER_HALF,
                        SWAP_HALVES);
        FloatVector cd =
                fold(
                        FloatVector.fromArray(SPECIES, lanes, from + 2 * LANES),
                        FloatVector.fromArray(SPECIES, lanes, from + 3 * LANES),
                        UPPER_HALF,
                        SWAP_HALVES);
        FloatVector all = fold(ab, cd, UPPER_QUARTERS, SWAP_QUARTERS);
        if (LANES >= 16) {
            all = all.add(all.rearrange(SWAP_EIGHTHS));
        }
        if (LANES >= 8) {
            all = all.add(all.rearrange(SWAP_NEIGHBOURS));
        }
        all.rearrange(GATHER)
                .reinterpretShape(FloatVector.SPECIES_128, 0)
                .reinterpretAsFloats()
                .intoArray(y, to);
    }

    private static FloatVector fold(
            FloatVector a, FloatVector b, VectorMask<Float> upper, VectorShuffle<Float> swap) {
        return a.blend(b, upper).add(b.blend(a, upper).rearrange(swap));
    }

    /** The upper half of every {@code 2 * distance} lanes. */
    private static VectorMask<Float> mask(int distance) {
        boolean[] bits = new boolean[LANES];
        for (int i = 0; i < LANES; i++) {
            bits[i] = (i & distance) != 0;
        }
        return VectorMask.fromArray(SPECIES, bits, 0);
    }

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(SPECIES, i -> i ^ distance);
    }
}
