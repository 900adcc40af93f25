package io.consort.runtime.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Products of rows with matrices, in the way that suits their number. A few rows go one after the
 * other through panels of stored weights that stay in the processor's cache; many are laid out in
 * columns, and the weights are made float32 a few matrix rows at a time. Either way the weights are
 * read from memory once.
 */
final class Products {

    /** Multiplications below which handing work to another thread costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 20;

    /** Pieces per thread, so that a thread that is interrupted delays the others little. */
    private static final int PIECES = 4;

    /** Rows from which they are laid out in columns. */
    private static final int MANY = Columns.GROUP * 7 / 8;

    /** Weights of a panel, and four-row tiles of it, at most. */
    private static final int PANEL = 1 << 16;

    private static final int PANEL_ROWS = 128;

    private final Workers workers;
    private final Scratch scratch;
    private final List<Pairs> pairs = new ArrayList<>();
    private final Columns columns = new Columns();

    Products(Workers workers, Scratch scratch) {
        this.workers = workers;
        this.scratch = scratch;
    }

    /** {@code y = x W^T + b}. */
    void multiply(CpuRows x, CpuLinear matrix, CpuRows y) {
        boolean many = x.count() >= MANY;
        if (many) {
            columns.lay(x.data(), x.count(), matrix.in());
        } else {
            split(x, matrix.in());
        }
        int column = 0;
        for (CpuLinear.Part part : matrix.parts()) {
            int to = column;
            share(
                    Math.ceilDiv(part.out(), Columns.ROWS),
                    (long) x.count() * matrix.in() * part.out(),
                    (worker, from, end) -> {
                        int first = from * Columns.ROWS;
                        int last = Math.min(part.out(), end * Columns.ROWS);
                        if (many) {
                            multiplyColumns(worker, matrix.in(), part, y, to, first, last);
                        } else {
                            multiplyPanels(
                                    worker, x.count(), matrix.in(), part, y, to, first, last);
                        }
                    });
            column += part.out();
        }
    }

    /** Does items on one thread or on several, as their cost deserves. */
    void share(int items, long cost, Workers.Task task) {
        int grain = items;
        if (cost >= WORTH_SHARING) {
            grain = Math.max(1, items / (workers.count() * PIECES));
        }
        workers.run(items, grain, task);
    }

    private void split(CpuRows x, int in) {
        for (int row = 0; row < x.count(); row++) {
            if (row == pairs.size()) {
                pairs.add(new Pairs());
            }
            pairs.get(row).split(x.data(), row * in, in);
        }
    }

    private void multiplyPanels(
            int worker,
            int count,
            int in,
            CpuLinear.Part part,
            CpuRows y,
            int column,
            int first,
            int end) {
        int rows = Math.clamp(PANEL / (in * Columns.ROWS), 1, PANEL_ROWS) * Columns.ROWS;
        float[] halves = scratch.tile(worker, rows / 2 * Floats.LANES);
        for (int row = first; row < end; row += rows) {
            int stop = Math.min(end, row + rows);
            for (int vector = 0; vector < count; vector++) {
                int to = vector * y.width() + column;
                part.multiply(in, pairs.get(vector), halves, y.data(), to, row, stop);
            }
        }
    }

    private void multiplyColumns(
            int worker, int in, CpuLinear.Part part, CpuRows y, int column, int first, int end) {
        float[] tile = scratch.tile(worker, in * Columns.ROWS);
        float[] products = scratch.products(worker, Columns.GROUP * Columns.ROWS);
        for (int row = first; row < end; row += Columns.ROWS) {
            int rows = Math.min(Columns.ROWS, end - row);
            part.expand((long) row * in, in * rows, tile);
            columns.multiply(tile, rows, products, y.data(), column + row, y.width());
        }
        for (int vector = 0; vector < y.count(); vector++) {
            part.addBias(y.data(), vector * y.width() + column, first, end);
        }
    }

    /** Arrays of each worker, which grow as they must. */
    static final class Scratch {

        private final float[][] tiles;
        private final float[][] products;

        Scratch(int workers) {
            tiles = new float[workers][0];
            products = new float[workers][0];
        }

        float[] tile(int worker, int size) {
            return grown(tiles, worker, size);
        }

        float[] products(int worker, int size) {
            return grown(products, worker, size);
        }

        private static float[] grown(float[][] arrays, int worker, int size) {
            if (arrays[worker].length < size) {
                arrays[worker] = Arrays.copyOf(arrays[worker], Math.max(size, 1024));
            }
            return arrays[worker];
        }
    }
}
