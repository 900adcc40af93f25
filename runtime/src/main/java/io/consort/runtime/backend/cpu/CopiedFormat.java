package io.consort.runtime.backend.cpu;

/** A format whose copied bytes can be multiplied with a vector without becoming float32 first. */
interface CopiedFormat extends WeightFormat {

    /**
     * Sums, in lanes, of the products of a vector with two rows. Four rows would be more than the
     * compiler is willing to keep in registers.
     *
     * @param raw two rows, one after the other, from {@code at} on; see {@link #expand}
     * @param in columns, a multiple of the block's
     * @param x the vector, from {@code from} on
     * @param lanes receives two registers from {@code to} on
     */
    void multiply(short[] raw, int at, int in, float[] x, int from, float[] lanes, int to);
}
