package io.consort.runtime.model;

import java.util.Arrays;

/**
 * The positions of one sequence in a cache: how many there are and which blocks hold them.
 *
 * <p>Not thread-safe; used by the thread that runs the model's passes.
 */
public final class KvSequence implements AutoCloseable {

    private final KvCache cache;
    private int[] table = new int[4];
    private int blocks;
    private int length;
    private int expected;
    private boolean closed;

    KvSequence(KvCache cache) {
        this.cache = cache;
    }

    /** Positions whose keys and values are there. */
    public int length() {
        return length;
    }

    /** Positions for which blocks are held. */
    public int capacity() {
        return blocks * KvCache.BLOCK;
    }

    /**
     * Says that the sequence will have at least so many positions before its next token is chosen.
     * Rotary frequencies that depend on the length of a prompt then fit from its first chunk on, as
     * if the prompt ran at once.
     */
    public void expect(int positions) {
        expected = positions;
    }

    /** The length for which rotary frequencies are chosen when there are so many positions. */
    int rotaryLength(int positions) {
        return Math.max(expected, positions);
    }

    /**
     * Takes blocks for so many positions beyond {@link #length()}.
     *
     * @return false, with nothing changed, when the cache has too few free blocks
     */
    public boolean reserve(int newPositions) {
        requireOpen();
        int needed = KvCache.blocksFor(length + newPositions) - blocks;
        if (needed > cache.freeBlocks()) {
            return false;
        }
        for (int i = 0; i < needed; i++) {
            if (blocks == table.length) {
                table = Arrays.copyOf(table, blocks * 2);
            }
            table[blocks++] = cache.take();
        }
        return true;
    }

    /**
     * Forgets the positions from {@code newLength} on and gives blocks back that hold none of the
     * rest.
     */
    public void truncate(int newLength) {
        requireOpen();
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(
                    "`newLength` must be between 0 and %d, not %d".formatted(length, newLength));
        }
        length = newLength;
        shrinkTo(KvCache.blocksFor(newLength));
    }

    /** The cache that holds the blocks. */
    public KvCache cache() {
        return cache;
    }

    /** The blocks in order of position; a copy. */
    public int[] blockTable() {
        return Arrays.copyOf(table, blocks);
    }

    /** Counts positions that a pass has written. */
    void advance(int positions) {
        length += positions;
    }

    /** Gives all blocks back; closing twice changes nothing. */
    @Override
    public void close() {
        if (!closed) {
            shrinkTo(0);
            length = 0;
            closed = true;
            cache.closed();
        }
    }

    private void shrinkTo(int kept) {
        while (blocks > kept) {
            cache.giveBack(table[--blocks]);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }
}
