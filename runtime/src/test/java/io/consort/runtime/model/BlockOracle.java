package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * What a cache must do, said in the plainest way: a block is known by its key and all tokens up to
 * its end, written out. It knows no hashes, no chains and no numbers of blocks.
 */
final class BlockOracle {

    private int blank;
    private final Map<String, Integer> holders = new HashMap<>();
    private final SequencedSet<String> reusable = new LinkedHashSet<>();
    private final Map<String, String> contents = new HashMap<>();

    /** A sequence as it should be: its tokens, and a name for each of its blocks. */
    static final class Model {
        private final String key;
        private final boolean shares;
        private final List<Integer> tokens = new ArrayList<>();
        private final List<Optional<String>> held = new ArrayList<>();

        Model(String key, boolean shares) {
            this.key = key;
            this.shares = shares;
        }

        List<Integer> tokens() {
            return tokens;
        }

        String key() {
            return key;
        }

        int heldBlocks() {
            return held.size();
        }

        String prefix(int length) {
            return key + tokens.subList(0, length);
        }
    }

    BlockOracle(int blocks) {
        this.blank = blocks;
    }

    int free() {
        return blank + reusable.size();
    }

    int reusable() {
        return reusable.size();
    }

    /** Makes room for so many positions, if there is any. */
    boolean reserve(Model model, int positions) {
        int needed = KvCache.blocksFor(model.tokens.size() + positions) - model.held.size();
        if (needed > free()) {
            return false;
        }
        for (int i = 0; i < needed; i++) {
            if (blank > 0) {
                blank--;
            } else {
                holders.remove(reusable.removeFirst());
            }
            model.held.add(Optional.empty());
        }
        return true;
    }

    /** Positions that can be had without computing them. */
    int reuse(Model model, int[] tokens) {
        int before = model.tokens.size();
        int length = before;
        while (model.shares
                && length % KvCache.BLOCK == 0
                && length + KvCache.BLOCK < tokens.length) {
            int next = length + KvCache.BLOCK;
            String name = model.key + Arrays.stream(tokens, 0, next).boxed().toList();
            if (!holders.containsKey(name)) {
                break;
            }
            hold(name);
            put(model, length / KvCache.BLOCK, name);
            Arrays.stream(tokens, length, next).forEach(model.tokens::add);
            length = next;
        }
        return length - before;
    }

    /** Adds computed tokens; blocks that become full are known from now on. */
    void advance(Model model, int[] tokens) {
        for (int token : tokens) {
            model.tokens.add(token);
            int length = model.tokens.size();
            if (model.shares && length % KvCache.BLOCK == 0) {
                String name = model.prefix(length);
                int place = length / KvCache.BLOCK - 1;
                if (holders.containsKey(name)) {
                    hold(name);
                    put(model, place, name);
                } else {
                    holders.put(name, 1);
                    model.held.set(place, Optional.of(name));
                }
            }
        }
    }

    /** The length that is left. */
    int truncate(Model model, int length) {
        int block = length / KvCache.BLOCK;
        boolean inside = block < model.held.size() && model.held.get(block).isPresent();
        int left = inside ? block * KvCache.BLOCK : length;
        model.tokens.subList(left, model.tokens.size()).clear();
        while (model.held.size() > KvCache.blocksFor(left)) {
            giveBack(model.held.removeLast());
        }
        return left;
    }

    void close(Model model) {
        while (!model.held.isEmpty()) {
            giveBack(model.held.removeLast());
        }
    }

    /** Writes a position as a model would, and sees that nobody else relies on the block. */
    void write(KvCache cache, int block, int slot, String prefix) {
        assertThat(cache.pool().holders(block)).as("holders of a written block").isEqualTo(1);
        contents.put(block + "/" + slot, prefix);
    }

    /** Sees that a sequence's blocks hold what it would have computed itself. */
    void assertReadsItsOwn(Model model, int[] table) {
        for (int position = 0; position < model.tokens.size(); position++) {
            String place = table[position / KvCache.BLOCK] + "/" + position % KvCache.BLOCK;
            assertThat(contents.get(place)).isEqualTo(model.prefix(position + 1));
        }
    }

    private void hold(String name) {
        holders.merge(name, 1, Integer::sum);
        reusable.remove(name);
    }

    private void put(Model model, int place, String name) {
        if (place < model.held.size()) {
            giveBack(model.held.set(place, Optional.of(name)));
        } else {
            model.held.add(Optional.of(name));
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void giveBack(Optional<String> name) {
        if (name.isEmpty()) {
            blank++;
        } else if (holders.merge(name.get(), -1, Integer::sum) == 0) {
            reusable.add(name.get());
        }
    }
}
