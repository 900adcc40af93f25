package io.consort.router.classify;

import java.util.Arrays;

/**
 * Which words, pairs of neighbouring words and parts of words stand in a text, each at a place
 * chosen by a hash (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009). It
 * tells apart wordings that an embedding of the meaning takes for the same.
 *
 * <p>Numbers count by their presence. Letters of scripts without spaces are words of their own.
 *
 * @param places in rising order, each from 0 to {@link #WIDTH} - 1
 * @param values one for each place; their squares sum to the squared {@link #LENGTH}
 */
record Words(int[] places, float[] values) {

    /** How many places there are. */
    static final int WIDTH = 1 << 13;

    /** The length of the whole, beside an embedding of length 1. */
    static final double LENGTH = 1;

    /** Characters that are read of a text's beginning, and again of its end. */
    private static final int READ = 2_000;

    private static final int PAIR = 0x2545F491;
    private static final int PART = 0x6C8E9CF5;
    private static final int NUMBER = 1;
    private static final int EDGE = 2;
    private static final int SHORTEST_PART = 3;
    private static final int LONGEST_PART = 4;

    /** Words and pairs weigh as much as parts of words together. */
    private static final float PART_WEIGHT = 0.5f;

    /** The words of a text. */
    static Words of(String text) {
        Collector collector = new Collector();
        if (text.length() <= 2 * READ) {
            collector.read(text, 0, text.length());
        } else {
            collector.read(text, 0, READ);
            collector.read(text, text.length() - READ, text.length());
        }
        return collector.words();
    }

    /** Adds up what the places hold. Only the places pulled so far are looked at again. */
    private static final class Collector {
        private final float[] sums = new float[WIDTH];
        private long[] pulled = new long[WIDTH / 64];
        private int before = EDGE;

        void read(String text, int from, int end) {
            before = EDGE;
            for (int i = from; i < end; ) {
                int character = text.codePointAt(i);
                int next = Math.min(end, i + Character.charCount(character));
                if (Character.isDigit(character)) {
                    next = numberEnd(text, next, end);
                    word(NUMBER);
                } else if (Tokens.isWordPart(character)) {
                    next = Tokens.wordEnd(text, next, end);
                    word(Tokens.hash(text, i, next));
                    parts(text, i, next);
                } else if (!Character.isWhitespace(character)) {
                    word(Tokens.hash(text, i, next));
                }
                i = next;
            }
            pull(before * PAIR + EDGE, 1);
        }

        private void word(int hash) {
            pull(hash, 1);
            pull(before * PAIR + hash, 1);
            before = hash;
        }

        /** The word's parts of three and four characters, its edges among them. */
        private void parts(String text, int from, int end) {
            for (int length = SHORTEST_PART; length <= LONGEST_PART; length++) {
                for (int i = from - 1; i + length <= end + 1; i++) {
                    int hash = Tokens.edge(i < from);
                    hash = Tokens.hash(hash, text, Math.max(i, from), Math.min(i + length, end));
                    pull(i + length > end ? ~hash * PART : hash * PART, PART_WEIGHT);
                }
            }
        }

        private void pull(int token, float weight) {
            int mixed = token * 0x9E3779B1;
            mixed ^= mixed >>> 15;
            mixed *= 0x85EBCA77;
            mixed ^= mixed >>> 13;
            int place = mixed & (WIDTH - 1);
            sums[place] += (mixed & 0x40000000) == 0 ? weight : -weight;
            pulled[place >>> 6] |= 1L << place;
        }

        private static int numberEnd(String text, int from, int end) {
            int i = from;
            while (i < end && Character.isDigit(text.charAt(i))) {
                i++;
            }
            return i;
        }

        Words words() {
            int[] places = new int[WIDTH];
            float[] values = new float[WIDTH];
            int count = 0;
            double squares = 0;
            for (int block = 0; block < pulled.length; block++) {
                for (long left = pulled[block]; left != 0; left &= left - 1) {
                    int place = (block << 6) + Long.numberOfTrailingZeros(left);
                    float value = dampened(sums[place]);
                    if (value != 0) {
                        places[count] = place;
                        values[count] = value;
                        squares += value * value;
                        count++;
                    }
                }
            }
            float scale = squares > 0 ? (float) (LENGTH / Math.sqrt(squares)) : 0;
            for (int i = 0; i < count; i++) {
                values[i] *= scale;
            }
            return new Words(Arrays.copyOf(places, count), Arrays.copyOf(values, count));
        }

        /** The hundredth repetition says little that the first did not. */
        private static float dampened(float sum) {
            return Math.abs(sum) <= 1
                    ? sum
                    : Math.copySign((float) (1 + Math.log(Math.abs(sum))), sum);
        }
    }
}
