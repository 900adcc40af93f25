package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;
import static io.consort.runtime.backend.cpu.Interleaved.ROWS;
import static io.consort.runtime.backend.cpu.InterleavedTile.VECTOR;

import java.util.Arrays;

/**
 * Products of vectors with some interleaved rows, on one thread. One vector is multiplied with the
 * rows where they are, in four streams as {@link MappedFormat} says. For several, a block of four
 * groups at a time becomes float32, which stays in the first-level cache, and is multiplied with all of
 * them.
 */
final class InterleavedPanels {

    /** Vectors for which the numbers are expanded once. */
    private static final int VECTORS = 128;

    private static final int SIDE = InterleavedTile.VECTORS;

    private final Scratch numbers;
    private final Scratch scales;
    private final Scratch sums;
    private final Scratch totals;

    InterleavedPanels(int workers) {
        numbers = new Scratch(workers);
        scales = new Scratch(workers);
        sums = new Scratch(workers);
        totals = new Scratch(workers);
    }

    /** Multiplies all vectors with the rows from {@code first} to before {@code end}, whole fours of groups. */
    void multiply(int worker, Vectors x, Interleaved w, Panels.Target y, int first, int end) {
        if (x.count() == 1) {
            int count = (end - first) / ROWS;
            int to = y.place(0, first);
            switch (w.digits()) {
                case FOUR_BITS ->
                        FourBitKernel.multiply(
                                w, x.ordered(), first / LANES, count, count, y.values(), to);
                case EIGHT_BITS ->
                        EightBitKernel.multiply(
                                w, x.ordered(), first / LANES, count, count, y.values(), to);
            }
            return;
        }
        for (int row = first; row < end; row += ROWS) {
            for (int vector = 0; vector < x.count(); vector += VECTORS) {
                several(worker, x, w, y, row, vector, Math.min(x.count(), vector + VECTORS));
            }
        }
    }

    private void several(
            int worker, Vectors x, Interleaved w, Panels.Target y, int row, int vector, int end) {
        int size = Math.ceilDiv(end - vector, SIDE) * SIDE * VECTOR;
        float[] products = totals.of(worker, size);
        Arrays.fill(products, 0, size, 0);
        float[] block = numbers.of(worker, BLOCK * VECTOR);
        float[] factors = scales.of(worker, VECTOR);
        for (int i = 0; i < w.in() / BLOCK; i++) {
            InterleavedKernels.expand(w, row / LANES, i, block, factors);
            for (int v = vector; v < end; v += SIDE) {
                tile(worker, x, v, end - 1, i, block, factors, products, (v - vector) * VECTOR);
            }
        }
        for (int v = vector; v < end; v++) {
            write(products, (v - vector) * VECTOR, y.values(), y.place(v, row));
        }
    }

    /** Four vectors; the last one takes the place of those that are not there. */
    private void tile(
            int worker,
            Vectors x,
            int vector,
            int last,
            int number,
            float[] block,
            float[] factors,
            float[] products,
            int to) {
        float[] some = sums.of(worker, SIDE * VECTOR);
        InterleavedTile.multiply(
                block,
                x.ordered(),
                ScaledValues.place(x.count(), vector, number),
                ScaledValues.place(x.count(), Math.min(vector + 1, last), number),
                ScaledValues.place(x.count(), Math.min(vector + 2, last), number),
                ScaledValues.place(x.count(), Math.min(vector + 3, last), number),
                ScaledValues.starts(x.count(), x.in()),
                some);
        InterleavedTile.add(some, factors, products, to);
    }

    private static void write(float[] products, int from, float[] y, int to) {
        for (int i = 0; i < VECTOR; i++) {
            y[to + i] = products[from + i] * Scales.UNIT;
        }
    }
}
