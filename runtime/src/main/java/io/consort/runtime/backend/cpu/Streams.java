package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

/**
 * Products of one vector, or of a few, with rows that are multiplied where they are mapped. The
 * rows of a call are cut into as many streams as the format reads side by side.
 */
final class Streams {

    private static final int SIDE = Tile.SIDE;

    /** Rows whose sums are kept in lanes before they are added. */
    private static final int ROWS = 64;

    /** Streams of a few vectors. */
    private static final int PAIR = 2;

    private final Scratch lanes;

    Streams(int workers) {
        lanes = new Scratch(workers);
    }

    /** Multiplies one vector with rows, whose number is a multiple of four. */
    void multiply(
            int worker,
            Vectors x,
            CpuLinear.Part part,
            MappedFormat format,
            Panels.Target y,
            int first,
            int end) {
        int streams = format.streams();
        int each = (end - first) / (streams * SIDE) * SIDE;
        float[] sums = lanes.of(worker, ROWS * LANES);
        for (int row = 0; row < each; row += ROWS / streams) {
            int count = Math.min(each - row, ROWS / streams);
            multiply(x, part, format, sums, first + row, each, count);
            for (int stream = 0; stream < streams; stream++) {
                int to = y.place(0, first + stream * each + row);
                reduce(sums, stream * count, count, y.values(), to);
            }
        }
        int rest = first + streams * each;
        if (rest < end) {
            int count = (end - rest) / streams;
            multiply(x, part, format, sums, rest, count, count);
            reduce(sums, 0, end - rest, y.values(), y.place(0, rest));
        }
    }

    private static void multiply(
            Vectors x,
            CpuLinear.Part part,
            MappedFormat format,
            float[] sums,
            int row,
            int distance,
            int count) {
        format.multiply(part.data(), x.in(), x.ordered(), x.start(0), sums, row, distance, count);
    }

    private static void reduce(float[] sums, int from, int count, float[] y, int to) {
        for (int four = 0; four < count; four += SIDE) {
            Sums.reduce(sums, (from + four) * LANES, y, to + four);
        }
    }

    /** Multiplies a few vectors with rows, whose number is a multiple of four. */
    void multiplyFew(
            int worker,
            Vectors x,
            CpuLinear.Part part,
            BatchedFormat format,
            Panels.Target y,
            int first,
            int end) {
        int each = (end - first) / (PAIR * SIDE) * SIDE;
        for (int row = 0; row < each; row += SIDE) {
            four(worker, x, part, format, y, first + row, each);
        }
        int rest = first + PAIR * each;
        if (rest < end) {
            four(worker, x, part, format, y, rest, 0);
        }
    }

    /** Four neighbouring rows of each stream; those of the second are the same ones at distance 0. */
    private void four(
            int worker,
            Vectors x,
            CpuLinear.Part part,
            BatchedFormat format,
            Panels.Target y,
            int row,
            int distance) {
        int last = x.count() - 1;
        int fours = Math.ceilDiv(x.count(), SIDE);
        float[] sums = lanes.of(worker, fours * SIDE * PAIR * Tile.VECTOR);
        for (int i = 0; i < SIDE; i++) {
            for (int vector = 0; vector <= last; vector += SIDE) {
                format.multiply(
                        part.data(),
                        x.in(),
                        row + i,
                        distance,
                        x.ordered(),
                        x.start(vector),
                        x.start(Math.min(vector + 1, last)),
                        x.start(Math.min(vector + 2, last)),
                        x.start(Math.min(vector + 3, last)),
                        sums,
                        vector * PAIR * Tile.VECTOR + i * LANES,
                        Tile.VECTOR);
            }
        }
        for (int vector = 0; vector <= last; vector++) {
            int from = vector * PAIR * SIDE;
            reduce(sums, from, SIDE, y.values(), y.place(vector, row));
            reduce(sums, from + SIDE, SIDE, y.values(), y.place(vector, row + distance));
        }
    }
}
