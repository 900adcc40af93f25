package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Many vectors laid out so that one register holds the same value of many of them: groups of {@link
 * #GROUP} vectors, each group [values][vectors]. Products with a matrix then need no sums over
 * lanes. Its array is reused.
 */
final class Columns {

    /** Matrix rows that are multiplied together. */
    static final int ROWS = 4;

    /** Vectors of a group. */
    static final int GROUP = 2 * LANES;

    private float[] values = {};
    private int in;
    private int count;

    /** Lays out the first {@code vectors} vectors of {@code size} values; the last group is padded. */
    Columns lay(float[] x, int vectors, int size) {
        in = size;
        count = vectors;
        int needed = Math.multiplyExact(groups(vectors) * GROUP, size);
        if (values.length < needed) {
            values = new float[needed];
        }
        for (int vector = 0; vector < vectors; vector++) {
            int to = vector / GROUP * GROUP * size + vector % GROUP;
            int from = vector * size;
            for (int i = 0; i < size; i++) {
                values[to + i * GROUP] = x[from + i];
            }
        }
        return this;
    }

    private static int groups(int vectors) {
        return Math.ceilDiv(vectors, GROUP);
    }

    /**
     * Multiplies all vectors with up to {@link #ROWS} matrix rows.
     *
     * @param w the matrix rows, one after the other, as float32, in an array for {@link #ROWS} rows
     * @param products scratch for {@code ROWS * GROUP} values
     * @param y receives {@code rows} values for vector {@code i} at {@code to + i * stride}
     */
    void multiply(float[] w, int rows, float[] products, float[] y, int to, int stride) {
        for (int first = 0; first < count; first += GROUP) {
            multiplyGroup(w, first * in, products);
            int vectors = Math.min(GROUP, count - first);
            for (int i = 0; i < vectors; i++) {
                int place = to + (first + i) * stride;
                for (int row = 0; row < rows; row++) {
                    y[place + row] = products[row * GROUP + i];
                }
            }
        }
    }

    private void multiplyGroup(float[] w, int from, float[] products) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        float[] x = values;
        int size = in;
        for (int i = 0; i < size; i++) {
            FloatVector a = FloatVector.fromArray(SPECIES, x, from + i * GROUP);
            FloatVector b = FloatVector.fromArray(SPECIES, x, from + i * GROUP + LANES);
            FloatVector w0 = FloatVector.broadcast(SPECIES, w[i]);
            FloatVector w1 = FloatVector.broadcast(SPECIES, w[size + i]);
            FloatVector w2 = FloatVector.broadcast(SPECIES, w[2 * size + i]);
            FloatVector w3 = FloatVector.broadcast(SPECIES, w[3 * size + i]);
            a0 = a.fma(w0, a0);
            a1 = a.fma(w1, a1);
            a2 = a.fma(w2, a2);
            a3 = a.fma(w3, a3);
            b0 = b.fma(w0, b0);
            b1 = b.fma(w1, b1);
            b2 = b.fma(w2, b2);
            b3 = b.fma(w3, b3);
        }
        a0.intoArray(products, 0);
        b0.intoArray(products, LANES);
        a1.intoArray(products, GROUP);
        b1.intoArray(products, GROUP + LANES);
        a2.intoArray(products, 2 * GROUP);
        b2.intoArray(products, 2 * GROUP + LANES);
        a3.intoArray(products, 3 * GROUP);
        b3.intoArray(products, 3 * GROUP + LANES);
    }
}
