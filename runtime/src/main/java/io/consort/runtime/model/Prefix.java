package io.consort.runtime.model;

import java.util.Arrays;

/** What a block follows: the start of a sequence, or another block that is full. */
sealed interface Prefix {

    /** A hash of everything up to here. */
    int hash();

    /**
     * The start.
     *
     * @param regime of the rotary frequencies, as {@link RotaryRegime} has it
     */
    record Start(PrefixKey key, long regime) implements Prefix {
        @Override
        public int hash() {
            return hashCode();
        }
    }

    /**
     * A full block and the tokens in it. Two are equal when they hold the same tokens and follow the
     * very same block, or equal starts. So equal hashes of different prefixes are told apart.
     */
    final class Block implements Prefix {

        private final Prefix follows;
        private final int[] tokens;
        private final int id;
        private final int hash;

        /**
         * @param tokens of the block; must not be changed
         * @param id of the block; no part of what makes two of these equal
         */
        Block(Prefix follows, int[] tokens, int id) {
            this.follows = follows;
            this.tokens = tokens;
            this.id = id;
            this.hash = 31 * follows.hash() + Arrays.hashCode(tokens);
        }

        int id() {
            return id;
        }

        @Override
        public int hash() {
            return hash;
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // The very same block, as the contract says.
        public boolean equals(Object other) {
            return other instanceof Block block
                    && hash == block.hash
                    && (follows == block.follows
                            || (follows instanceof Start start && start.equals(block.follows)))
                    && Arrays.equals(tokens, block.tokens);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
