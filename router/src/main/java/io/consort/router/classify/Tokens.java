package io.consort.router.classify;

/** How a text falls into words, and their hashes (FNV-1a over lower-cased characters). */
final class Tokens {

    private static final int OFFSET = 0x811C9DC5;
    private static final int PRIME = 0x01000193;
    private static final int BEGINNING = 0x5BD1E995;

    private Tokens() {}

    /** Where a word ends. Letters of scripts without spaces stand for themselves. */
    static int wordEnd(String text, int from, int end) {
        int i = from;
        while (i < end
                && isWordPart(text.codePointAt(i))
                && !Character.isIdeographic(text.codePointBefore(i))) {
            i = Math.min(end, i + Character.charCount(text.codePointAt(i)));
        }
        return i;
    }

    static boolean isWordPart(int character) {
        return Character.isLetter(character)
                || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    static int hash(String text, int from, int to) {
        return hash(OFFSET, text, from, to);
    }

    /** Goes on with a hash. */
    static int hash(int begun, String text, int from, int to) {
        int hash = begun;
        for (int i = from; i < to; i++) {
            hash = (hash ^ Character.toLowerCase(text.charAt(i))) * PRIME;
        }
        return hash;
    }

    /** The hash that a part of a word begins with. */
    static int edge(boolean atBeginning) {
        return atBeginning ? BEGINNING : OFFSET;
    }
}
