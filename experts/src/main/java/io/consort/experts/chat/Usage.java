package io.consort.experts.chat;

/** Tokens read and written for one answer. */
public record Usage(long promptTokens, long completionTokens) {

    /** Both together. */
    public long totalTokens() {
        return promptTokens + completionTokens;
    }
}
