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

    private static final int CONTENT = LIMIT - 2;
    private static final int HEAD = 128;
    private static final int TAIL = CONTENT - HEAD;

    /** Characters of the end that are tokenised; words of everyday text have about six. */
    private static final int TAIL_CHARACTERS = 2_048;

    /** A text of more characters than this is taken for long without counting its tokens. */
    private static final int SHORT_CHARACTERS = 8_192;

    private final WordPiece wordPiece;
    private final int begin;
    private final int end;

    TokenWindow(Vocabulary vocabulary) throws IOException {
        wordPiece = new WordPiece(vocabulary, vocabulary.special("[UNK]"));
        begin = vocabulary.special("[CLS]");
        end = vocabulary.special("[SEP]");
    }

    /** Ids of at least two and at most {@link #LIMIT} tokens, the special ones included. */
    int[] tokens(String text) {
        if (text.length() <= SHORT_CHARACTERS) {
            int[] all = wordPiece.encode(text, CONTENT + 1);
            if (all.length <= CONTENT) {
                return framed(all, all.length, new int[0], 0);
            }
            return framed(all, HEAD, last(text), TAIL);
        }
        return framed(wordPiece.encode(text, HEAD), HEAD, last(text), TAIL);
    }

    private int[] last(String text) {
        int from = Math.max(0, text.length() - TAIL_CHARACTERS);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        return wordPiece.encode(text.substring(from), TAIL_CHARACTERS);
    }

    private int[] framed(int[] first, int firstLimit, int[] last, int lastLimit) {
        int head = Math.min(first.length, firstLimit);
        int tail = Math.min(last.length, lastLimit);
        int[] tokens = Arrays.copyOf(new int[] {begin}, head + tail + 2);
        System.arraycopy(first, 0, tokens, 1, head);
        System.arraycopy(last, last.length - tail, tokens, 1 + head, tail);
        tokens[head + tail + 1] = end;
        return tokens;
    }
}
