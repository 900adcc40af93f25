package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/** Reads and writes one storage format, a block at a time. Stateless. */
public interface Codec {

    /** Values of a block. */
    int size();

    /** Bytes of a block. */
    int bytes();

    /**
     * Writes the {@link #size} values of a block to {@code values[to]} and on.
     *
     * @param data little-endian blocks, without any alignment
     * @param at the byte at which the block begins
     */
    void decode(MemorySegment data, long at, float[] values, int to);

    /**
     * Writes {@link #size} finite values from {@code values[from]} on as a block, rounded to the
     * nearest that the format has.
     *
     * @param at the byte at which the block begins
     */
    void encode(float[] values, int from, MemorySegment data, long at);
}
