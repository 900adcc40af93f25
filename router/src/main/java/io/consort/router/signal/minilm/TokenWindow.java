package io.consort.router.signal.minilm;

import java.io.IOException;
import java.util.Arrays;

/**
 * Makes of any text the tokens that the model reads: all of a short text, beginning and end of a
 * long one. Immutable and thread-safe.
 */
final class TokenWindow {

    /** Tokens that the model was trained to read, the two special ones included. */
    static final int LIMIT = 256;

    /** Characters of the end that are tokenised; words of everyday text have about six. */
    private static final int TAIL_CHARACTERS = 2_048;

    /** A text of more characters than this is taken for long without counting its tokens. */
    private static final int SHORT_CHARACTERS = 8_192;

    private final WordPiece wordPiece;
    private final int content;
    private final int head;
    private final int tail;
    private final int begin;
    private final int end;

    /** A window of all tokens that the model was trained to read. */
    TokenWindow(Vocabulary vocabulary) throws IOException {
        this(vocabulary, LIMIT);
    }

    /**
     * A window of so many tokens.
     *
     * @param limit tokens at most, the two special ones included; the first half of them are of the
     *     beginning, the others of the end
     */
    TokenWindow(Vocabulary vocabulary, int limit) throws IOException {
        content = limit - 2;
        head = limit / 2;
        tail = content - head;
        wordPiece = new WordPiece(vocabulary, vocabulary.special("[UNK]"));
        begin = vocabulary.special("[CLS]");
        end = vocabulary.special("[SEP]");
    }

    /** Whether a text is read whole. */
    boolean holds(String text) {
        return text.length() <= SHORT_CHARACTERS
                && wordPiece.encode(text, content + 1).length <= content;
    }

    /** Ids of at least two tokens, the special ones included. */
    int[] tokens(String text) {
        if (text.length() <= SHORT_CHARACTERS) {
            int[] all = wordPiece.encode(text, content + 1);
            if (all.length <= content) {
                return framed(all, all.length, new int[0], 0);
            }
            return framed(all, head, last(text), tail);
        }
        return framed(wordPiece.encode(text, head), head, last(text), tail);
    }

    private int[] last(String text) {
        int from = Math.max(0, text.length() - TAIL_CHARACTERS);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        return wordPiece.encode(text.substring(from), TAIL_CHARACTERS);
    }

    private int[] framed(int[] first, int firstLimit, int[] last, int lastLimit) {
        int before = Math.min(first.length, firstLimit);
        int after = Math.min(last.length, lastLimit);
        int[] tokens = Arrays.copyOf(new int[] {begin}, before + after + 2);
        System.arraycopy(first, 0, tokens, 1, before);
        System.arraycopy(last, last.length - after, tokens, 1 + before, after);
        tokens[before + after + 1] = end;
        return tokens;
    }
}
