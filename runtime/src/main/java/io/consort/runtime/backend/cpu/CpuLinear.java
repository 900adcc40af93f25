package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Linear;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * Matrices stacked to one.
 *
 * @param in values that each row of a matrix has
 * @param arena holds copies of rows, where there are any; closed with this
 */
record CpuLinear(int in, int out, List<Part> parts, Optional<Arena> arena) implements Linear {

    /**
     * One matrix, or some of its rows, [out, in] in row-major order.
     *
     * @param data the rows where they are mapped
     * @param bias as many values as rows, or none
     * @param copy of all the rows, which products are computed with instead
     */
    record Part(
            WeightFormat format,
            MemorySegment data,
            int out,
            float[] bias,
            Optional<Interleaved> copy) {

        /** Rows that are multiplied where they are mapped. */
        Part(WeightFormat format, MemorySegment data, int out, float[] bias) {
            this(format, data, out, bias, Optional.empty());
        }

        /** What is done to vectors before they are multiplied with the rows. */
        Vectors.Order order() {
            return copy.map(rows -> Vectors.Order.scaledFor(rows.digits()))
                    .orElse(format.paired() ? Vectors.Order.PAIRED : Vectors.Order.PLAIN);
        }

        /** Rows that one thread takes together. */
        int side() {
            return copy.isPresent() ? Interleaved.ROWS : Tile.SIDE;
        }

        /** Adds the bias to some of a vector's products; that of row 0 is at {@code yFrom}. */
        void addBias(float[] y, int yFrom, int first, int end) {
            if (bias.length > 0) {
                for (int row = first; row < end; row++) {
                    y[yFrom + row] += bias[row];
                }
            }
        }
    }

    CpuLinear {
        parts = List.copyOf(parts);
    }

    CpuLinear(int in, List<Part> parts) {
        this(in, parts, Optional.empty());
    }

    CpuLinear(int in, List<Part> parts, Optional<Arena> arena) {
        this(in, parts.stream().mapToInt(Part::out).sum(), parts, arena);
    }

    @Override
    public void close() {
        arena.ifPresent(Arena::close);
    }
}
