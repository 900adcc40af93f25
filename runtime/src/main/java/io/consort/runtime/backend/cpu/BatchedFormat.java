package io.consort.runtime.backend.cpu;

import java.lang.foreign.MemorySegment;

/**
 * A format that needs so little arithmetic that a few vectors, too, are multiplied with the weights
 * where they are mapped.
 */
interface BatchedFormat extends MappedFormat {

    /**
     * Sums, in lanes, of the products of four vectors with two rows. Columns that fill no {@link
     * Pairs#GROUP} are left out.
     *
     * @param row one of the rows
     * @param distance from that row to the other
     * @param x the vectors from {@code a}, {@code b}, {@code c} and {@code d} on
     * @param lanes receives registers from {@code to} on, {@code stride} apart: of each vector the
     *     first row's and the second's
     */
    void multiply(
            MemorySegment w,
            int in,
            int row,
            int distance,
            float[] x,
            int a,
            int b,
            int c,
            int d,
            float[] lanes,
            int to,
            int stride);
}
