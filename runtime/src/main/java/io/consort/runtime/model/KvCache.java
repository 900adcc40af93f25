package io.consort.runtime.model;

import io.consort.runtime.backend.KvStore;
import java.util.Arrays;

/**
 * Keys and values of the sequences that one model works on, in blocks of {@link #BLOCK} positions
 * that any sequence may hold (paged attention, Kwon et al. 2023).
 *
 * <p>Not thread-safe: the thread that runs the model's passes opens, grows and closes sequences.
 */
public final class KvCache implements AutoCloseable {

    /** Positions of a block. */
    public static final int BLOCK = KvStore.BLOCK;

    private final KvStore store;
    private final int[] free;
    private int freeCount;
    private int openSequences;

    /** Manages the blocks of a store, and closes it. */
    public KvCache(KvStore store) {
        this.store = store;
        this.free = new int[store.blocks()];
        this.freeCount = free.length;
        Arrays.setAll(free, i -> free.length - 1 - i);
    }

    /** Where the keys and values lie. */
    public KvStore store() {
        return store;
    }

    /** All blocks, free or held. */
    public int blocks() {
        return free.length;
    }

    /** Blocks that no sequence holds. */
    public int freeBlocks() {
        return freeCount;
    }

    /** Blocks that so many positions take. */
    public static int blocksFor(int positions) {
        return Math.ceilDiv(positions, BLOCK);
    }

    /** A sequence without positions, which holds no block yet. Close it to give its blocks back. */
    public KvSequence open() {
        openSequences++;
        return new KvSequence(this);
    }

    int take() {
        return free[--freeCount];
    }

    void giveBack(int block) {
        free[freeCount++] = block;
    }

    void closed() {
        openSequences--;
    }

    /**
     * Gives the memory back.
     *
     * @throws IllegalStateException while sequences are open
     */
    @Override
    public void close() {
        if (openSequences > 0) {
            throw new IllegalStateException(
                    "the cache still has %d open sequences; close them first"
                            .formatted(openSequences));
        }
        store.close();
    }
}
