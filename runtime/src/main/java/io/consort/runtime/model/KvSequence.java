package io.consort.runtime.model;

import java.util.Arrays;
import java.util.Optional;

/**
 * The positions of one sequence in a cache: how many there are and which blocks hold them. Full
 * blocks may be held by other sequences too; they are never written again.
 *
 * <p>Not thread-safe; used by the thread that runs the model's passes.
 */
public final class KvSequence implements AutoCloseable {

    private final KvCache cache;
    private final BlockPool pool;
    private final Optional<PrefixTrail> trail;
    private int[] table = new int[4];
    private int blocks;
    private int length;
    private int expected;
    private boolean closed;

    /**
     * @param trail of a sequence that shares blocks
     */
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    KvSequence(KvCache cache, Optional<PrefixTrail> trail) {
        this.cache = cache;
        this.pool = cache.pool();
        this.trail = trail;
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
        if (needed > pool.free()) {
            return false;
        }
        for (int i = 0; i < needed; i++) {
            push(pool.take());
        }
        return true;
    }

    /**
     * Becomes longer by published blocks that hold the next of these tokens, as many as there are,
     * so that their keys and values need not be computed. At least one token is left to compute.
     *
     * @param tokens of the whole sequence
     * @param count how many of them there are
     * @return positions that were gained
     */
    public int reuse(int[] tokens, int count) {
        requireOpen();
        int before = length;
        while (length % KvCache.BLOCK == 0 && length + KvCache.BLOCK < count) {
            Optional<Prefix.Block> next =
                    trail.flatMap(known -> known.follow(tokens, length, rotaryLength(count)));
            if (next.isEmpty()) {
                break;
            }
            put(length / KvCache.BLOCK, next.get().id());
            length += KvCache.BLOCK;
        }
        return length - before;
    }

    /**
     * Forgets the positions from {@code newLength} on and gives blocks back that hold none of the
     * rest.
     *
     * @return the new length: less than asked for where that lies inside a published block, whose
     *     first tokens must be computed again
     */
    public int truncate(int newLength) {
        requireOpen();
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException(
                    "`newLength` must be between 0 and %d, not %d".formatted(length, newLength));
        }
        length = trail.map(known -> known.cut(newLength)).orElse(newLength);
        shrinkTo(KvCache.blocksFor(length));
        return length;
    }

    /** The cache that holds the blocks. */
    public KvCache cache() {
        return cache;
    }

    /** The blocks in order of position; a copy. */
    public int[] blockTable() {
        return Arrays.copyOf(table, blocks);
    }

    /** Counts positions that a pass has written, and publishes the blocks that are full now. */
    void advance(int[] tokens) {
        int rotaryLength = rotaryLength(length + tokens.length);
        trail.ifPresent(known -> known.append(tokens, length, rotaryLength, table));
        length += tokens.length;
    }

    /**
     * Says that the positions of the pass under way do not follow from the tokens alone, so that
     * nobody may share them, unless the sequence's key names what changed them.
     */
    void change() {
        trail.ifPresent(PrefixTrail::change);
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
            pool.giveBack(table[--blocks]);
        }
    }

    private void push(int block) {
        if (blocks == table.length) {
            table = Arrays.copyOf(table, blocks * 2);
        }
        table[blocks++] = block;
    }

    /** Puts a block in the place of one that was only reserved, or after the last. */
    private void put(int place, int block) {
        if (place < blocks) {
            pool.giveBack(table[place]);
            table[place] = block;
        } else {
            push(block);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
    }
}
