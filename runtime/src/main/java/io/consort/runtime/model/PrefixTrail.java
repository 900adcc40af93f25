package io.consort.runtime.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the full blocks of a sequence hold, for as long as that follows from its key and its tokens
 * alone: only such blocks are published. The trail ends where the rotary frequencies change under
 * way, and where somebody changes hidden states.
 */
final class PrefixTrail {

    private final BlockPool pool;
    private final RotaryRegime regime;
    private final PrefixKey key;
    private final List<Prefix.Block> full = new ArrayList<>();
    private final int[] partial = new int[KvCache.BLOCK];
    private Prefix.@Nullable Start start;
    private boolean ended;

    PrefixTrail(BlockPool pool, RotaryRegime regime, PrefixKey key) {
        this.pool = pool;
        this.regime = regime;
        this.key = key;
    }

    /**
     * Holds the published block, if there is one, of the tokens that follow so many positions.
     *
     * @param position the sequence's length, a multiple of a block
     */
    Optional<Prefix.Block> follow(int[] tokens, int position, int rotaryLength) {
        if (leaves(rotaryLength)) {
            return Optional.empty();
        }
        int[] wanted = Arrays.copyOfRange(tokens, position, position + KvCache.BLOCK);
        Optional<Prefix.Block> found = pool.find(last(rotaryLength), wanted);
        found.ifPresent(block -> {
            pool.hold(block);
            full.add(block);
        });
        return found;
    }

    /**
     * Publishes the blocks that new positions fill.
     *
     * @param position of the first one
     * @param table the sequence's blocks; those that are published may be replaced by equal ones
     */
    void append(int[] tokens, int position, int rotaryLength, int[] table) {
        if (leaves(rotaryLength)) {
            ended = true;
            return;
        }
        for (int i = 0; i < tokens.length; i++) {
            int place = (position + i) % KvCache.BLOCK;
            partial[place] = tokens[i];
            if (place == KvCache.BLOCK - 1) {
                int block = (position + i) / KvCache.BLOCK;
                Prefix.Block held = pool.publish(last(rotaryLength), partial.clone(), table[block]);
                table[block] = held.id();
                full.add(held);
            }
        }
    }

    /**
     * Forgets the positions from {@code length} on.
     *
     * @return the length that is left; where the last block is published nothing of it is
     */
    int cut(int length) {
        int blocks = length / KvCache.BLOCK;
        int left = blocks < full.size() ? blocks * KvCache.BLOCK : length;
        if (blocks < full.size()) {
            full.subList(blocks, full.size()).clear();
        }
        if (left == 0) {
            start = null;
            ended = false;
        }
        return left;
    }

    /** Says that hidden states of the positions that come now have been changed. */
    void change() {
        ended |= !key.fused();
    }

    private boolean leaves(int rotaryLength) {
        return ended || (start != null && start.regime() != regime.at(rotaryLength));
    }

    private Prefix last(int rotaryLength) {
        if (!full.isEmpty()) {
            return full.getLast();
        }
        if (start == null) {
            start = new Prefix.Start(key, regime.at(rotaryLength));
        }
        return start;
    }
}
