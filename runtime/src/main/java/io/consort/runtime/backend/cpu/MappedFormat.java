package io.consort.runtime.backend.cpu;

import java.lang.foreign.MemorySegment;

/**
 * A format that needs so little arithmetic that products read the weights where they are mapped.
 * Rows are taken in fours; the columns that fill no {@link Pairs#GROUP} are left out.
 */
interface MappedFormat extends WeightFormat {

    /**
     * Sums, in lanes, of the products of a vector with rows.
     *
     * @param w the matrix, [rows, in]
     * @param x the vector from {@code from} on, in the format's order
     * @param lanes receives a register per row
     * @param first row, and before {@code end} the last: a multiple of four rows
     */
    void multiply(MemorySegment w, int in, float[] x, int from, float[] lanes, int first, int end);

    /**
     * Sums, in lanes, of the products of four vectors with two rows.
     *
     * @param row the first of the two
     * @param x the vectors from {@code a}, {@code b}, {@code c} and {@code d} on
     * @param lanes receives two registers for each vector, {@link Tile#VECTOR} apart, from {@code to}
     *     on
     */
    void multiply(
            MemorySegment w,
            int in,
            int row,
            float[] x,
            int a,
            int b,
            int c,
            int d,
            float[] lanes,
            int to);
}
