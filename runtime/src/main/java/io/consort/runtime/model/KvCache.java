package io.consort.runtime.model;

import io.consort.runtime.backend.KvStore;
import java.util.Optional;

/**
 * Keys and values of the sequences that one model works on, in blocks of {@link #BLOCK} positions
 * (paged attention, Kwon et al. 2023). Sequences that begin alike may hold the same blocks. Blocks
 * that are full stay of use to later sequences until their room is needed, the least recently used
 * ones go first.
 *
 * <p>Not thread-safe: the thread that runs the model's passes opens, grows and closes sequences.
 */
public final class KvCache implements AutoCloseable {

    /** Positions of a block. */
    public static final int BLOCK = KvStore.BLOCK;

    private final KvStore store;
    private final RotaryRegime regime;
    private final BlockPool pool;
    private int openSequences;

    /** Manages the blocks of a store, and closes it. */
    KvCache(KvStore store, RotaryRegime regime) {
        this.store = store;
        this.regime = regime;
        this.pool = new BlockPool(store.blocks());
    }

    /** Manages the blocks of a store for a model whose rotation depends on nothing but positions. */
    public KvCache(KvStore store) {
        this(store, RotaryRegime.FIXED);
    }

    /** Where the keys and values lie. */
    public KvStore store() {
        return store;
    }

    /** All blocks, free or held. */
    public int blocks() {
        return pool.size();
    }

    /** Blocks that no sequence holds. */
    public int freeBlocks() {
        return pool.free();
    }

    /** Free blocks that hold the beginning of something that was computed before. */
    public int reusableBlocks() {
        return pool.reusable();
    }

    /** Blocks that so many positions take. */
    public static int blocksFor(int positions) {
        return Math.ceilDiv(positions, BLOCK);
    }

    /**
     * A sequence without positions, which holds no block yet and shares none. Close it to give its
     * blocks back.
     */
    public KvSequence open() {
        openSequences++;
        return new KvSequence(this, Optional.empty());
    }

    /**
     * A sequence without positions, which shares its full blocks with those of the same key. Close
     * it to give its blocks back.
     */
    public KvSequence open(PrefixKey key) {
        openSequences++;
        return new KvSequence(this, Optional.of(new PrefixTrail(pool, regime, key)));
    }

    /**
     * Whether a sequence that came to {@code length} one by one after {@code prompt} positions may
     * be computed anew in passes of any size. If not, what follows the prompt must be computed one
     * by one again, as its rotary frequencies changed on the way.
     */
    public boolean recomputesAtOnce(int prompt, int length) {
        return regime.startsOver() || regime.at(prompt) == regime.at(length);
    }

    /** Forgets what closed sequences have left: the memory does not hold it any more. */
    public void forget() {
        pool.forgetReusable();
    }

    BlockPool pool() {
        return pool;
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
