package io.consort.runtime.backend.cpu;

import java.util.Arrays;

/**
 * Products of vectors with some rows of a matrix, on one thread. Interleaved rows are left to {@link
 * InterleavedPanels}. Otherwise one vector, or a few, are multiplied
 * with the weights as they are stored, where the format can do that; or four
 * rows at a time become float32, a piece of columns that stays in the first-level cache, and are
 * multiplied with all vectors, whose piece stays in the second. Nothing larger is ever expanded.
 */
final class Panels {

    /** Where products go: those of vector {@code v} with row {@code r} to {@code [v * width + column + r]}. */
    record Target(float[] values, int width, int column) {

        int place(int vector, int row) {
            return vector * width + column + row;
        }
    }

    /** Rows whose sums are kept in lanes before they are added. */
    private static final int ROWS = 64;

    /** Columns that are expanded together. */
    private static final int COLUMNS = 1024;

    /** Vectors for which the weights are expanded once. */
    private static final int VECTORS = 128;

    /** Vectors up to which expanding takes longer than it saves. */
    private static final int FEW = 16;

    private static final int SIDE = Tile.SIDE;

    private final RawBytes raw;
    private final Scratch weights;
    private final Scratch lanes;
    private final Scratch tails;
    private final Streams streams;
    private final InterleavedPanels interleaved;

    Panels(int workers) {
        raw = new RawBytes(workers);
        streams = new Streams(workers);
        interleaved = new InterleavedPanels(workers);
        weights = new Scratch(workers);
        lanes = new Scratch(workers);
        tails = new Scratch(workers);
    }

    /** Multiplies all vectors with the rows from {@code first} to before {@code end}. */
    void multiply(int worker, Vectors x, CpuLinear.Part part, Target y, int first, int end) {
        part.copy()
                .ifPresentOrElse(
                        copy -> interleaved.multiply(worker, x, copy, y, first, end),
                        () -> multiplyStored(worker, x, part, y, first, end));
        for (int vector = 0; vector < x.count(); vector++) {
            part.addBias(y.values(), y.place(vector, 0), first, end);
        }
    }

    private void multiplyStored(
            int worker, Vectors x, CpuLinear.Part part, Target y, int first, int end) {
        int row = first + asStored(worker, x, part, y, first, end - (end - first) % SIDE);
        for (; row < end; row += ROWS) {
            int stop = Math.min(end, row + ROWS);
            for (int vector = 0; vector < x.count(); vector += VECTORS) {
                int after = Math.min(x.count(), vector + VECTORS);
                expanded(worker, new Piece(x, part, vector, after, row, stop), y);
            }
        }
        if (x.whole() < x.in()) {
            addTails(worker, x, part, y, first, end);
        }
    }

    /** Multiplies whole fours of rows as they are stored; returns how many rows it has done. */
    private int asStored(int worker, Vectors x, CpuLinear.Part part, Target y, int first, int end) {
        if (x.whole() == 0) {
            return 0;
        }
        if (part.format() instanceof MappedFormat format && x.count() == 1) {
            streams.multiply(worker, x, part, format, y, first, end);
            return end - first;
        }
        if (part.format() instanceof BatchedFormat format && x.count() <= FEW) {
            streams.multiplyFew(worker, x, part, format, y, first, end);
            return end - first;
        }
        return 0;
    }

    /** Some vectors and some rows. */
    private record Piece(
            Vectors x, CpuLinear.Part part, int vector, int lastVector, int row, int lastRow) {

        /** Vectors for which there are sums: one, or those of whole tiles. */
        int padded() {
            int count = lastVector - vector;
            return count == 1 ? 1 : Math.ceilDiv(count, Tile.VECTORS) * Tile.VECTORS;
        }

        /** Where a vector begins; the last one takes the place of those that are not there. */
        int start(int index) {
            return x.start(Math.min(index, lastVector - 1));
        }
    }

    private void expanded(int worker, Piece piece, Target y) {
        int tiles = Math.ceilDiv(piece.lastRow() - piece.row(), SIDE);
        int tile = piece.padded() * Tile.VECTOR;
        float[] sums = lanes.of(worker, tiles * tile);
        Arrays.fill(sums, 0, tiles * tile, 0);
        float[] w = weights.of(worker, SIDE * COLUMNS);
        for (int column = 0; column < piece.x().whole(); column += COLUMNS) {
            int columns = Math.min(COLUMNS, piece.x().whole() - column);
            for (int i = 0; i < tiles; i++) {
                arrange(worker, piece, piece.row() + i * SIDE, column, columns, w);
                multiply(piece, column, columns, w, sums, i * tile);
            }
        }
        for (int i = 0; i < tiles; i++) {
            reduce(piece, piece.row() + i * SIDE, sums, i * tile, y);
        }
    }

    private void arrange(int worker, Piece piece, int first, int column, int columns, float[] w) {
        int rows = Math.min(SIDE, piece.lastRow() - first);
        WeightFormat format = piece.part().format();
        short[] copy = raw.of(worker, RawBytes.size(format.type(), columns));
        for (int i = 0; i < rows; i++) {
            long element = (long) (first + i) * piece.x().in() + column;
            RawBytes.copy(format.type(), piece.part().data(), element, columns, copy);
            format.arrange(copy, 0, columns, w, i * columns);
        }
    }

    private static void multiply(
            Piece piece, int column, int columns, float[] w, float[] sums, int at) {
        float[] x = piece.x().ordered();
        int vector = piece.vector();
        if (piece.padded() == 1) {
            Tile.multiply(w, columns, x, piece.start(vector) + column, sums, at);
            return;
        }
        for (int place = at; vector < piece.lastVector(); vector += Tile.VECTORS) {
            int a = piece.start(vector) + column;
            int b = piece.start(vector + 1) + column;
            int c = piece.start(vector + 2) + column;
            Tile.multiply(w, columns, x, a, b, c, sums, place);
            place += Tile.VECTORS * Tile.VECTOR;
        }
    }

    private static void reduce(Piece piece, int first, float[] sums, int at, Target y) {
        int rows = Math.min(SIDE, piece.lastRow() - first);
        float[] few = new float[SIDE];
        int from = at;
        for (int vector = piece.vector(); vector < piece.lastVector(); vector++) {
            if (rows == SIDE) {
                Sums.reduce(sums, from, y.values(), y.place(vector, first));
            } else {
                Sums.reduce(sums, from, few, 0);
                System.arraycopy(few, 0, y.values(), y.place(vector, first), rows);
            }
            from += Tile.VECTOR;
        }
    }

    /** Adds the products of the columns that fill no group. */
    private void addTails(
            int worker, Vectors x, CpuLinear.Part part, Target y, int first, int end) {
        int size = x.in() - x.whole();
        float[] w = tails.of(worker, size);
        for (int row = first; row < end; row++) {
            long element = (long) row * x.in() + x.whole();
            raw.expand(worker, part.format(), part.data(), element, size, w, 0);
            for (int vector = 0; vector < x.count(); vector++) {
                int from = vector * x.in() + x.whole();
                float sum = 0;
                for (int i = 0; i < size; i++) {
                    sum += w[i] * x.plain()[from + i];
                }
                y.values()[y.place(vector, row)] += sum;
            }
        }
    }
}
