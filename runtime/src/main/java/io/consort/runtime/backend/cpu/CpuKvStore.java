package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;

/**
 * Keys and values of every layer in float32.
 *
 * <p>A block holds, per key head, keys as [size][16 positions], so that one vector covers the same
 * dimension of many positions, and values as [16 positions][size].
 */
final class CpuKvStore implements KvStore {

    private final Heads heads;
    private final int blocks;
    private float[][] keys;
    private float[][] values;

    CpuKvStore(int layers, Heads heads, int blocks) {
        this.heads = heads;
        this.blocks = blocks;
        long size = (long) blocks * heads.keyValueWidth() * BLOCK;
        if (blocks < 1 || size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "`blocks` must be between 1 and %d, not %d"
                            .formatted(
                                    (Integer.MAX_VALUE - 8) / (heads.keyValueWidth() * BLOCK),
                                    blocks));
        }
        keys = new float[layers][(int) size];
        values = new float[layers][(int) size];
    }

    @Override
    public int blocks() {
        return blocks;
    }

    float[] keys(int layer) {
        return keys[layer];
    }

    float[] values(int layer) {
        return values[layer];
    }

    /** Where a head's part of a block begins, in keys and in values. */
    int offset(int block, int head) {
        return (block * heads.keyValue() + head) * heads.size() * BLOCK;
    }

    @Override
    public void close() {
        keys = new float[0][];
        values = new float[0][];
    }
}
