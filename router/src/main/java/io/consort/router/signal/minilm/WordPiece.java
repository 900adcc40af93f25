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

    private final Vocabulary vocabulary;
    private final int unknown;

    WordPiece(Vocabulary vocabulary, int unknown) {
        this.vocabulary = vocabulary;
        this.unknown = unknown;
    }

    /** The ids of the text's first pieces, at most {@code limit} of them, without special tokens. */
    int[] encode(String text, int limit) {
        Pieces pieces = new Pieces(limit);
        StringBuilder word = new StringBuilder();
        int i = 0;
        while (i < text.length() && !pieces.full()) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            if (isDropped(codePoint)) {
                continue;
            }
            if (isWhite(codePoint)) {
                endWord(word, pieces);
            } else if (isPunctuation(codePoint) || isIdeograph(codePoint)) {
                endWord(word, pieces);
                word.appendCodePoint(codePoint);
                endWord(word, pieces);
            } else {
                word.appendCodePoint(codePoint);
            }
        }
        endWord(word, pieces);
        return pieces.toArray();
    }

    private void endWord(StringBuilder word, Pieces pieces) {
        if (word.isEmpty()) {
            return;
        }
        String plain = plain(word);
        word.setLength(0);
        if (!plain.isEmpty()) {
            split(plain, pieces);
        }
    }

    private void split(String word, Pieces pieces) {
        int whole = vocabulary.beginning(word);
        if (whole >= 0) {
            pieces.add(whole);
            return;
        }
        int before = pieces.count;
        if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
            pieces.add(unknown);
            return;
        }
        int start = 0;
        while (start < word.length()) {
            int end = word.length();
            int id = -1;
            while (end > start) {
                String piece = word.substring(start, end);
                id = start == 0 ? vocabulary.beginning(piece) : vocabulary.continuation(piece);
                if (id >= 0) {
                    break;
                }
                end = word.offsetByCodePoints(end, -1);
            }
            if (id < 0) {
                pieces.count = before;
                pieces.add(unknown);
                return;
            }
            pieces.add(id);
            start = end;
        }
    }

    private static String plain(StringBuilder word) {
        boolean ascii = true;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 128) {
                ascii = false;
            } else if (c >= 'A' && c <= 'Z') {
                word.setCharAt(i, (char) (c + 32));
            }
        }
        return ascii ? word.toString() : withoutAccents(word);
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

    /** The pieces found so far; what comes after the limit is left out. */
    private static final class Pieces {
        private final int[] ids;
        private int count;

        Pieces(int limit) {
            ids = new int[limit];
        }

        void add(int id) {
            if (count < ids.length) {
                ids[count] = id;
                count++;
            }
        }

        boolean full() {
            return count == ids.length;
        }

        int[] toArray() {
            return Arrays.copyOf(ids, count);
        }
    }
}
