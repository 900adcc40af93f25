package io.consort.runtime.weights.gguf;

/** The kinds of tokens in {@code tokenizer.ggml.token_type}. */
public final class TokenType {

    /** A piece of text. */
    public static final int NORMAL = 1;

    /** What stands for text that has no token. */
    public static final int UNKNOWN = 2;

    /** A special token. */
    public static final int CONTROL = 3;

    /** A text that is always one token. */
    public static final int USER_DEFINED = 4;

    /** A single byte. */
    public static final int BYTE = 6;

    private TokenType() {}
}
