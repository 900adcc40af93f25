package io.consort.router.classify;

/**
 * Which words and marks stand in a text, as a direction of its own: every word, every punctuation
 * mark and the presence of a number pull one of {@link #WIDTH} coordinates, chosen by a hash, up or
 * down (Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009). It tells apart
 * wordings that an embedding of the meaning takes for the same.
 */
public final class WordSignal {

    /** The length of the direction. */
    public static final int WIDTH = 512;

    /** The length of the direction beside an embedding of length 1. */
    private static final float WEIGHT = 0.7f;

    private static final int READ = 4_000;
    private static final int FEW_WORDS = 3;
    private static final int OFFSET = 0x811C9DC5;
    private static final int PRIME = 0x01000193;
    private static final int NUMBER = 1;
    private static final int FEW = 2;

    private WordSignal() {}

    /** The embedding and, behind it, the words of the text's first {@value #READ} characters. */
    public static float[] beside(float[] embedding, String text) {
        float[] features = new float[embedding.length + WIDTH];
        System.arraycopy(embedding, 0, features, 0, embedding.length);
        int end = Math.min(text.length(), READ);
        int words = 0;
        for (int i = 0; i < end; ) {
            int character = text.codePointAt(i);
            int next = i + Character.charCount(character);
            if (Character.isDigit(character)) {
                pull(features, embedding.length, NUMBER);
            } else if (isWordPart(character)) {
                next = wordEnd(text, next, end);
                pull(features, embedding.length, hash(text, i, next));
                words++;
            } else if (!Character.isWhitespace(character)) {
                pull(features, embedding.length, hash(text, i, next));
            }
            i = next;
        }
        if (words <= FEW_WORDS) {
            pull(features, embedding.length, FEW);
        }
        scale(features, embedding.length);
        return features;
    }

    /** Letters of scripts without spaces stand for themselves. */
    private static int wordEnd(String text, int from, int end) {
        int i = from;
        while (i < end
                && isWordPart(text.codePointAt(i))
                && !Character.isIdeographic(text.codePointBefore(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private static boolean isWordPart(int character) {
        return Character.isLetter(character)
                || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    private static int hash(String text, int from, int to) {
        int hash = OFFSET;
        for (int i = from; i < to; i++) {
            hash = (hash ^ Character.toLowerCase(text.charAt(i))) * PRIME;
        }
        return hash;
    }

    private static void pull(float[] features, int offset, int token) {
        int mixed = token * 0x9E3779B1;
        mixed ^= mixed >>> 15;
        mixed *= 0x85EBCA77;
        mixed ^= mixed >>> 13;
        features[offset + Math.floorMod(mixed, WIDTH)] = (mixed & 0x40000000) == 0 ? 1 : -1;
    }

    private static void scale(float[] features, int offset) {
        int pulled = 0;
        for (int i = offset; i < features.length; i++) {
            pulled += features[i] == 0 ? 0 : 1;
        }
        float factor = WEIGHT / (float) Math.sqrt(Math.max(1, pulled));
        for (int i = offset; i < features.length; i++) {
            features[i] *= factor;
        }
    }
}
