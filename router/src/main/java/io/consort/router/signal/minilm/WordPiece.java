package io.consort.router.signal.minilm;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * BERT's uncased tokenizer: cleans, lower-cases, strips accents, splits at white space, punctuation
 * and CJK characters, and takes the longest pieces from the left. Immutable and thread-safe.
 *
 * <p>Stops as soon as enough pieces are there, so that its cost is bounded by the pieces wanted and
 * not by the text.
 */
final class WordPiece {

    private static final int LONGEST_WORD = 100;

    private static final byte WHITE = 1;
    private static final byte MARK = 2;
    private static final byte DROPPED = 3;
    private static final byte[] KINDS = kinds();

    private final Vocabulary vocabulary;
    private final int unknown;
    private final int longest;

    WordPiece(Vocabulary vocabulary, int unknown) {
        this.vocabulary = vocabulary;
        this.unknown = unknown;
        longest = Math.max(vocabulary.beginnings().longest(), vocabulary.continuations().longest());
    }

    /** The ids of the text's first pieces, at most {@code limit} of them, without special tokens. */
    int[] encode(String text, int limit) {
        Reading reading = new Reading(limit);
        int i = 0;
        while (i < text.length() && reading.count < limit) {
            char character = text.charAt(i);
            if (character < 128) {
                i++;
                reading.plain(character);
            } else {
                int codePoint = text.codePointAt(i);
                i += Character.charCount(codePoint);
                reading.other(codePoint);
            }
        }
        reading.endWord();
        return Arrays.copyOf(reading.ids, reading.count);
    }

    private static String withoutAccents(CharSequence word) {
        String decomposed = Normalizer.normalize(word, Normalizer.Form.NFD);
        StringBuilder kept = new StringBuilder(decomposed.length());
        decomposed
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(kept::appendCodePoint);
        return kept.toString().toLowerCase(Locale.ROOT);
    }

    /** What becomes of each of the first 128 characters. */
    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        for (int c = 0; c < kinds.length; c++) {
            if (isWhite(c)) {
                kinds[c] = WHITE;
            } else if (isDropped(c)) {
                kinds[c] = DROPPED;
            } else if (isPunctuation(c)) {
                kinds[c] = MARK;
            }
        }
        return kinds;
    }

    private static boolean isWhite(int c) {
        return c == ' '
                || c == '\n'
                || c == '\t'
                || c == '\r'
                || (c >= 128 && (Character.isSpaceChar(c) || c == 0x85));
    }

    private static boolean isDropped(int c) {
        if (c == '\n' || c == '\t' || c == '\r') {
            return false;
        }
        if (c < 128) {
            return c < 32 || c == 127;
        }
        int type = Character.getType(c);
        return c == 0xFFFD
                || type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED;
    }

    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return (c > 32 && c < '0')
                    || (c > '9' && c < 'A')
                    || (c > 'Z' && c < 'a')
                    || (c > 'z' && c < 127);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    private static boolean isIdeograph(int c) {
        return c >= 0x3400
                && ((c >= 0x4E00 && c <= 0x9FFF)
                        || c <= 0x4DBF
                        || (c >= 0x20000 && c <= 0x2A6DF)
                        || (c >= 0x2A700 && c <= 0x2CEAF)
                        || (c >= 0xF900 && c <= 0xFAFF)
                        || (c >= 0x2F800 && c <= 0x2FA1F));
    }

    /** The word that is being read and the pieces found so far; those after the limit are left out. */
    private final class Reading {
        private final int limit;
        private final int[] hashes = new int[longest + 1];
        private char[] word = new char[64];
        private int length;
        private boolean ascii = true;
        private int found;
        private int[] ids;
        private int count;

        Reading(int limit) {
            this.limit = limit;
            ids = new int[Math.min(limit, 64)];
        }

        /** One of the first 128 characters. */
        void plain(char character) {
            switch (KINDS[character]) {
                case WHITE -> endWord();
                case MARK -> {
                    endWord();
                    append(character);
                    endWord();
                }
                case DROPPED -> {}
                default ->
                        append(
                                character >= 'A' && character <= 'Z'
                                        ? (char) (character + 32)
                                        : character);
            }
        }

        void other(int codePoint) {
            if (isDropped(codePoint)) {
                return;
            }
            if (isWhite(codePoint)) {
                endWord();
                return;
            }
            boolean alone = isPunctuation(codePoint) || isIdeograph(codePoint);
            if (alone) {
                endWord();
            }
            ascii = false;
            if (codePoint > Character.MAX_VALUE) {
                append(Character.highSurrogate(codePoint));
                append(Character.lowSurrogate(codePoint));
            } else {
                append((char) codePoint);
            }
            if (alone) {
                endWord();
            }
        }

        private void append(char character) {
            if (length == word.length) {
                word = Arrays.copyOf(word, 2 * length);
            }
            word[length] = character;
            length++;
        }

        void endWord() {
            if (!ascii) {
                word = withoutAccents(new String(word, 0, length)).toCharArray();
                length = word.length;
                ascii = true;
            }
            if (length > 0) {
                split();
                length = 0;
            }
            if (word.length == 0) {
                word = new char[64];
            }
        }

        /** The longest pieces from the left; unknown as a whole where something is left over. */
        private void split() {
            int before = count;
            int start = 0;
            while (start < length) {
                PieceTable pieces =
                        start == 0 ? vocabulary.beginnings() : vocabulary.continuations();
                int end = longest(pieces, start);
                boolean tooLong = start == 0 && end < length && isTooLong();
                if (end == start || tooLong) {
                    count = before;
                    add(unknown);
                    return;
                }
                add(found);
                start = end;
            }
        }

        /** Where the longest piece from here on ends; {@code start} where there is none. */
        private int longest(PieceTable pieces, int start) {
            int most = Math.min(length - start, pieces.longest());
            hashes[0] = PieceTable.EMPTY;
            for (int i = 0; i < most; i++) {
                hashes[i + 1] = PieceTable.hash(hashes[i], word[start + i]);
            }
            for (int i = most; i > 0; i--) {
                found = pieces.find(word, start, start + i, hashes[i]);
                if (found >= 0) {
                    return start + i;
                }
            }
            return start;
        }

        private boolean isTooLong() {
            return Character.codePointCount(word, 0, length) > LONGEST_WORD;
        }

        private void add(int id) {
            if (count == limit) {
                return;
            }
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, Math.min(limit, 2 * count));
            }
            ids[count] = id;
            count++;
        }
    }
}
