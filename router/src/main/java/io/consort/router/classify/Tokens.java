package io.consort.router.classify;

/** How a text falls into words, and their hashes (FNV-1a over characters). */
final class Tokens {

    private static final int OFFSET = 0x811C9DC5;
    private static final int PRIME = 0x01000193;
    private static final int BEGINNING = 0x5BD1E995;

    private Tokens() {}

    /** Lower-cases every character by itself. */
    static void lowerCase(char[] text) {
        for (int i = 0; i < text.length; i++) {
            char c = text[i];
            if (c >= 128) {
                text[i] = Character.toLowerCase(c);
            } else if (c >= 'A' && c <= 'Z') {
                text[i] = (char) (c + 32);
            }
        }
    }

    /** Where a word ends. Letters of scripts without spaces stand for themselves. */
    static int wordEnd(char[] text, int from, int end) {
        int i = from;
        while (i < end) {
            int character = Character.codePointAt(text, i, end);
            if (!isWordPart(character)
                    || Character.isIdeographic(Character.codePointBefore(text, i))) {
                break;
            }
            i += Character.charCount(character);
        }
        return i;
    }

    static boolean isWordPart(int character) {
        if (character < 128) {
            return (character | 32) >= 'a' && (character | 32) <= 'z';
        }
        return Character.isLetter(character)
                || Character.getType(character) == Character.NON_SPACING_MARK;
    }

    static int hash(char[] text, int from, int to) {
        return hash(OFFSET, text, from, to);
    }

    /** Goes on with a hash. */
    static int hash(int begun, char[] text, int from, int to) {
        int hash = begun;
        for (int i = from; i < to; i++) {
            hash = (hash ^ text[i]) * PRIME;
        }
        return hash;
    }

    /** The hash that a part of a word begins with. */
    static int edge(boolean atBeginning) {
        return atBeginning ? BEGINNING : OFFSET;
    }
}
