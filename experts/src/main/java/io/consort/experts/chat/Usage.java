package io.consort.experts.chat;

/**
 * Tokens read and written for one answer.
 *
 * @param cachedTokens of the prompt that did not have to be computed, as far as is known
 */
public record Usage(long promptTokens, long completionTokens, long cachedTokens) {

    /** Usage of an answer of which nothing is known to have been cached. */
    public Usage(long promptTokens, long completionTokens) {
        this(promptTokens, completionTokens, 0);
    }

    /** Prompt and answer together. */
    public long totalTokens() {
        return promptTokens + completionTokens;
    }
}
