package io.consort.runtime.backend.cpu;

import java.lang.foreign.MemorySegment;

/**
 * A format whose weights are multiplied with a vector where they are mapped.
 *
 * <p>Rows are read as a few streams side by side, far apart and each from its beginning to its end:
 * the processor fetches ahead along a stream, but only to the end of a page. Whenever it waits there
 * it waits for all streams at once.
 */
interface MappedFormat extends WeightFormat {

    /** Rows that are read side by side: two or four. */
    int streams();

    /**
     * Sums, in lanes, of the products of a vector with rows. Columns that fill no {@link
     * Pairs#GROUP} are left out.
     *
     * @param w the matrix, [rows, in]
     * @param x the vector from {@code from} on, in the format's order
     * @param lanes receives registers, [streams][count]
     * @param row the first row of the first stream
     * @param distance rows from the beginning of one stream to that of the next
     * @param count rows of each stream
     */
    void multiply(
            MemorySegment w,
            int in,
            float[] x,
            int from,
            float[] lanes,
            int row,
            int distance,
            int count);
}
