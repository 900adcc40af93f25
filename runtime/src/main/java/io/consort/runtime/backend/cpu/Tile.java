package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Products of four matrix rows with one vector or with three. Sums are kept in lanes (see {@link
 * WeightFormat}), [vector][row][lanes], and are added to, so that a product can be made of pieces. Four
 * vectors would read a little less, but are at the limit of what the compiler inlines: it then keeps
 * some of the sums in objects, in most processes and not in all.
 */
final class Tile {

    /** Matrix rows of a tile. */
    static final int SIDE = 4;

    /** Vectors of a tile that has more than one. */
    static final int VECTORS = 3;

    /** Values in the sums of one vector. */
    static final int VECTOR = SIDE * LANES;

    private Tile() {}

    /**
     * Multiplies one vector.
     *
     * @param w four rows, one after the other, each of {@code size} values
     * @param size a multiple of the lanes
     */
    static void multiply(float[] w, int size, float[] x, int from, float[] sums, int at) {
        FloatVector sum0 = vector(sums, at);
        FloatVector sum1 = vector(sums, at + LANES);
        FloatVector sum2 = vector(sums, at + 2 * LANES);
        FloatVector sum3 = vector(sums, at + 3 * LANES);
        for (int i = 0; i < size; i += LANES) {
            FloatVector v = vector(x, from + i);
            sum0 = vector(w, i).fma(v, sum0);
            sum1 = vector(w, size + i).fma(v, sum1);
            sum2 = vector(w, 2 * size + i).fma(v, sum2);
            sum3 = vector(w, 3 * size + i).fma(v, sum3);
        }
        sum0.intoArray(sums, at);
        sum1.intoArray(sums, at + LANES);
        sum2.intoArray(sums, at + 2 * LANES);
        sum3.intoArray(sums, at + 3 * LANES);
    }

    /**
     * Multiplies three vectors, which begin at {@code a}, {@code b} and {@code c}.
     *
     * @param w four rows, one after the other, each of {@code size} values
     * @param size a multiple of the lanes
     */
    static void multiply(
            float[] w, int size, float[] x, int a, int b, int c, float[] sums, int at) {
        int bAt = at + VECTOR;
        int cAt = at + 2 * VECTOR;
        FloatVector a0 = vector(sums, at);
        FloatVector a1 = vector(sums, at + LANES);
        FloatVector a2 = vector(sums, at + 2 * LANES);
        FloatVector a3 = vector(sums, at + 3 * LANES);
        FloatVector b0 = vector(sums, bAt);
        FloatVector b1 = vector(sums, bAt + LANES);
        FloatVector b2 = vector(sums, bAt + 2 * LANES);
        FloatVector b3 = vector(sums, bAt + 3 * LANES);
        FloatVector c0 = vector(sums, cAt);
        FloatVector c1 = vector(sums, cAt + LANES);
        FloatVector c2 = vector(sums, cAt + 2 * LANES);
        FloatVector c3 = vector(sums, cAt + 3 * LANES);
        for (int i = 0; i < size; i += LANES) {
            FloatVector w0 = vector(w, i);
            FloatVector w1 = vector(w, size + i);
            FloatVector w2 = vector(w, 2 * size + i);
            FloatVector w3 = vector(w, 3 * size + i);
            FloatVector v = vector(x, a + i);
            a0 = w0.fma(v, a0);
            a1 = w1.fma(v, a1);
            a2 = w2.fma(v, a2);
            a3 = w3.fma(v, a3);
            v = vector(x, b + i);
            b0 = w0.fma(v, b0);
            b1 = w1.fma(v, b1);
            b2 = w2.fma(v, b2);
            b3 = w3.fma(v, b3);
            v = vector(x, c + i);
            c0 = w0.fma(v, c0);
            c1 = w1.fma(v, c1);
            c2 = w2.fma(v, c2);
            c3 = w3.fma(v, c3);
        }
        store(a0, a1, a2, a3, sums, at);
        store(b0, b1, b2, b3, sums, bAt);
        store(c0, c1, c2, c3, sums, cAt);
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
}
