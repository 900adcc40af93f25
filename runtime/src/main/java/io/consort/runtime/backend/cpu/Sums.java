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
 * <p>Kernels take the first step, and the others are left for a second pass: with all of them a
 * kernel grows beyond what the compiler is willing to keep in registers.
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

    /** Sums that are made at once. */
    static final int ROWS = 4;

    private Sums() {}

    /** Half of the lanes hold parts of the sum of {@code a}, the other half of {@code b}. */
    static FloatVector halves(FloatVector a, FloatVector b) {
        return fold(a, b, UPPER_HALF, SWAP_HALVES);
    }

    /**
     * Writes sums to neighbouring places.
     *
     * @param halves vectors that {@link #halves} made, one after the other
     * @param rows how many sums there are, a multiple of {@link #ROWS}
     */
    static void reduce(float[] halves, int rows, float[] y, int to) {
        for (int row = 0; row < rows; row += ROWS) {
            int from = row / 2 * LANES;
            FloatVector ab = FloatVector.fromArray(SPECIES, halves, from);
            FloatVector cd = FloatVector.fromArray(SPECIES, halves, from + LANES);
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
                    .intoArray(y, to + row);
        }
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
