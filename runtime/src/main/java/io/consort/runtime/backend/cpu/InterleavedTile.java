package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;
import static io.consort.runtime.backend.cpu.Interleaved.GROUPS;

import jdk.incubator.vector.FloatVector;

/**
 * Products of four vectors with a block of four groups whose numbers are float32 (see {@link
 * InterleavedKernels#expand}). Sums are registers, [vector][group]. All places follow from one counter:
 * with two of them the compiler checks bounds in every step.
 */
final class InterleavedTile {

    /** Vectors of a tile. */
    static final int VECTORS = 4;

    /** Values in the sums of one vector. */
    static final int VECTOR = GROUPS * LANES;

    private InterleavedTile() {}

    /**
     * Sums of one block, not yet scaled.
     *
     * @param w numbers, [column][group]
     * @param x the {@link ScaledValues} of the vectors' block from {@code a}, {@code b}, {@code c} and
     *     {@code d} on
     * @param starts place of what the first vector's sums of the first block begin with
     * @param sums is written from 0 on
     */
    static void multiply(
            float[] w, float[] x, int a, int b, int c, int d, int starts, float[] sums) {
        FloatVector a0 = value(x, starts + a / BLOCK);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = value(x, starts + b / BLOCK);
        FloatVector b1 = b0;
        FloatVector b2 = b0;
        FloatVector b3 = b0;
        FloatVector c0 = value(x, starts + c / BLOCK);
        FloatVector c1 = c0;
        FloatVector c2 = c0;
        FloatVector c3 = c0;
        FloatVector d0 = value(x, starts + d / BLOCK);
        FloatVector d1 = d0;
        FloatVector d2 = d0;
        FloatVector d3 = d0;
        for (int i = 0; i < BLOCK; i++) {
            FloatVector w0 = vector(w, i * VECTOR);
            FloatVector w1 = vector(w, i * VECTOR + LANES);
            FloatVector w2 = vector(w, i * VECTOR + 2 * LANES);
            FloatVector w3 = vector(w, i * VECTOR + 3 * LANES);
            FloatVector v = value(x, a + i);
            a0 = w0.fma(v, a0);
            a1 = w1.fma(v, a1);
            a2 = w2.fma(v, a2);
            a3 = w3.fma(v, a3);
            v = value(x, b + i);
            b0 = w0.fma(v, b0);
            b1 = w1.fma(v, b1);
            b2 = w2.fma(v, b2);
            b3 = w3.fma(v, b3);
            v = value(x, c + i);
            c0 = w0.fma(v, c0);
            c1 = w1.fma(v, c1);
            c2 = w2.fma(v, c2);
            c3 = w3.fma(v, c3);
            v = value(x, d + i);
            d0 = w0.fma(v, d0);
            d1 = w1.fma(v, d1);
            d2 = w2.fma(v, d2);
            d3 = w3.fma(v, d3);
        }
        store(a0, a1, a2, a3, sums, 0);
        store(b0, b1, b2, b3, sums, VECTOR);
        store(c0, c1, c2, c3, sums, 2 * VECTOR);
        store(d0, d1, d2, d3, sums, 3 * VECTOR);
    }

    /**
     * Adds a block's sums, scaled.
     *
     * @param scales registers, one for each group
     * @param totals is added to from {@code to} on
     */
    static void add(float[] sums, float[] scales, float[] totals, int to) {
        for (int i = 0; i < VECTORS * VECTOR; i += VECTOR) {
            for (int j = 0; j < VECTOR; j += LANES) {
                vector(scales, j)
                        .fma(vector(sums, i + j), vector(totals, to + i + j))
                        .intoArray(totals, to + i + j);
            }
        }
    }

    private static void store(
            FloatVector r0, FloatVector r1, FloatVector r2, FloatVector r3, float[] sums, int at) {
        r0.intoArray(sums, at);
        r1.intoArray(sums, at + LANES);
        r2.intoArray(sums, at + 2 * LANES);
        r3.intoArray(sums, at + 3 * LANES);
    }

    private static FloatVector vector(float[] array, int at) {
        return FloatVector.fromArray(SPECIES, array, at);
    }

    private static FloatVector value(float[] x, int at) {
        return FloatVector.broadcast(SPECIES, x[at]);
    }
}
