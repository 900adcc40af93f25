package io.consort.runtime.model;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which block of a cache, and which full blocks may be held again for the tokens in them.
 * It moves no keys and values. Not thread-safe.
 *
 * <ul>
 *   <li>A block that somebody holds is changed by nobody once it is published.
 *   <li>A published block that nobody holds stays as it is until somebody takes it for something
 *       else; the one that was given back first goes first.
 *   <li>INVARIANT: who holds a published block holds the block that it follows. Blocks are given back
 *       last one first, so that no block is taken before those that follow it.
 * </ul>
 */
final class BlockPool {

    private final int[] holders;
    private final Prefix.@Nullable Block[] published;
    private final int[] blank;
    private int blankCount;
    private final LinkedHashSet<Integer> reusable = new LinkedHashSet<>();
    private final Map<Prefix.Block, Prefix.Block> index = new HashMap<>();

    BlockPool(int blocks) {
        holders = new int[blocks];
        published = new Prefix.Block[blocks];
        blank = new int[blocks];
        for (int block = blocks - 1; block >= 0; block--) {
            blank[blankCount++] = block;
        }
    }

    int size() {
        return holders.length;
    }

    /** Blocks that nobody holds. */
    int free() {
        return blankCount + reusable.size();
    }

    /** Free blocks that are worth something to who has the same tokens. */
    int reusable() {
        return reusable.size();
    }

    int holders(int block) {
        return holders[block];
    }

    /** A block for the caller alone; there must be a free one. */
    int take() {
        int block = blankCount > 0 ? blank[--blankCount] : forgetOldest();
        holders[block] = 1;
        return block;
    }

    /** Holds a published block once more. */
    void hold(Prefix.Block block) {
        if (holders[block.id()]++ == 0) {
            reusable.remove(block.id());
        }
    }

    /** Ends one hold of a block. */
    void giveBack(int block) {
        if (holders[block] == 0) {
            throw new IllegalStateException("block %d is given back twice".formatted(block));
        }
        if (--holders[block] > 0) {
            return;
        }
        if (published[block] == null) {
            blank[blankCount++] = block;
        } else {
            reusable.add(block);
        }
    }

    /** The published block that follows a prefix with these tokens. */
    Optional<Prefix.Block> find(Prefix follows, int[] tokens) {
        return Optional.ofNullable(index.get(new Prefix.Block(follows, tokens, -1)));
    }

    /**
     * Lets others hold a full block of the caller. Where an equal one is published already the
     * caller holds that one instead, and its own is given back.
     *
     * @return the block that the caller holds from now on
     */
    Prefix.Block publish(Prefix follows, int[] tokens, int block) {
        Prefix.Block own = new Prefix.Block(follows, tokens, block);
        Prefix.Block first = index.putIfAbsent(own, own);
        if (first == null) {
            published[block] = own;
            return own;
        }
        hold(first);
        giveBack(block);
        return first;
    }

    /** Makes every free block worth nothing. */
    void forgetReusable() {
        while (!reusable.isEmpty()) {
            blank[blankCount++] = forgetOldest();
        }
    }

    private int forgetOldest() {
        int block = reusable.removeFirst();
        index.remove(published[block]);
        published[block] = null;
        return block;
    }
}
