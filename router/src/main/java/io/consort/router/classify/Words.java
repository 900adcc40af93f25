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

    /** What words and pairs weigh, in halves. */
    private static final int WHOLE = 2;

    /** What parts of words weigh, in halves. */
    private static final int PIECE = 1;

    private static final float[] DAMPENED = Collector.dampenedSizes();

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
        /** In halves, which all weights are multiples of. */
        private final short[] sums = new short[WIDTH];

        private final long[] pulled = new long[WIDTH / 64];
        private char[] lower = new char[0];
        private int before = EDGE;

        void read(String text, int from, int to) {
            int end = to - from;
            lower = new char[end];
            text.getChars(from, to, lower, 0);
            Tokens.lowerCase(lower);
            before = EDGE;
            for (int i = 0; i < end; ) {
                int character = Character.codePointAt(lower, i);
                int next = i + Character.charCount(character);
                if (Character.isDigit(character)) {
                    next = numberEnd(next, end);
                    word(NUMBER);
                } else if (Tokens.isWordPart(character)) {
                    next = Tokens.wordEnd(lower, next, end);
                    word(Tokens.hash(lower, i, next));
                    parts(i, next);
                } else if (!Character.isWhitespace(character)) {
                    word(Tokens.hash(lower, i, next));
                }
                i = next;
            }
            pull(before * PAIR + EDGE, WHOLE);
        }

        private void word(int hash) {
            pull(hash, WHOLE);
            pull(before * PAIR + hash, WHOLE);
            before = hash;
        }

        /** The word's parts of three and four characters, its edges among them. */
        private void parts(int from, int end) {
            for (int i = from - 1; i + SHORTEST_PART <= end + 1; i++) {
                int to = Math.min(i + SHORTEST_PART, end);
                int hash = Tokens.hash(Tokens.edge(i < from), lower, Math.max(i, from), to);
                pull(i + SHORTEST_PART > end ? ~hash * PART : hash * PART, PIECE);
                if (i + LONGEST_PART <= end + 1) {
                    hash = Tokens.hash(hash, lower, to, Math.min(i + LONGEST_PART, end));
                    pull(i + LONGEST_PART > end ? ~hash * PART : hash * PART, PIECE);
                }
            }
        }

        private void pull(int token, int weight) {
            int mixed = token * 0x9E3779B1;
            mixed ^= mixed >>> 15;
            mixed *= 0x85EBCA77;
            mixed ^= mixed >>> 13;
            int place = mixed & (WIDTH - 1);
            sums[place] += (short) ((mixed & 0x40000000) == 0 ? weight : -weight);
            pulled[place >>> 6] |= 1L << place;
        }

        private int numberEnd(int from, int end) {
            int i = from;
            while (i < end && Character.isDigit(lower[i])) {
                i++;
            }
            return i;
        }

        Words words() {
            int most = 0;
            for (long block : pulled) {
                most += Long.bitCount(block);
            }
            int[] places = new int[most];
            float[] values = new float[most];
            int count = 0;
            double squares = 0;
            for (int block = 0; block < pulled.length; block++) {
                for (long left = pulled[block]; left != 0; left &= left - 1) {
                    int place = (block << 6) + Long.numberOfTrailingZeros(left);
                    if (sums[place] != 0) {
                        float value = dampened(sums[place]);
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
        private static float dampened(int halves) {
            int size = Math.abs(halves);
            float value = size < DAMPENED.length ? DAMPENED[size] : dampenedSize(size);
            return halves < 0 ? -value : value;
        }

        private static float dampenedSize(int halves) {
            float size = halves / 2f;
            return size <= 1 ? size : (float) (1 + Math.log(size));
        }

        private static float[] dampenedSizes() {
            float[] sizes = new float[256];
            for (int i = 0; i < sizes.length; i++) {
                sizes[i] = dampenedSize(i);
            }
            return sizes;
        }
    }
}
