package io.consort.runtime.text;

import java.util.Set;

/** Turns text into a model's tokens and each token into its bytes. Thread-safe. */
public interface Tokenizer extends AutoCloseable {

    /**
     * The tokens of a prompt. Texts of special tokens in it become those tokens; none are added.
     */
    int[] encode(String prompt);

    /**
     * What a token adds to an answer: UTF-8, possibly a part of a code point, and nothing for special
     * tokens and for ids that no token has. The array must not be changed.
     */
    byte[] bytes(int token);

    /** Whether an answer's first token loses one leading space, as SentencePiece's decoding has it. */
    boolean stripsLeadingSpace();

    /** The texts that {@link #encode} takes for special tokens. */
    Set<String> specialTexts();

    @Override
    void close();
}
