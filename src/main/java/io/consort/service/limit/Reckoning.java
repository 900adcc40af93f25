package io.consort.service.limit;

import io.consort.experts.Price;
import io.consort.experts.chat.ChatRequest;

/**
 * What a request is reckoned to take before anybody has read it: a token for every four bytes of its
 * body, and for each answer the most that it may have, or {@value #USUAL} tokens where it does not
 * say.
 */
public record Reckoning(long promptTokens, long completionTokens) {

    static final int USUAL = 256;
    private static final int BYTES_PER_TOKEN = 4;

    /** The reckoning of a request. */
    public static Reckoning of(ChatRequest request) {
        long each = request.sampling().maxTokens().orElse(USUAL);
        return new Reckoning(
                Math.ceilDiv(request.body().length, BYTES_PER_TOKEN), each * request.choices());
    }

    /** Prompt and answers together. */
    public long tokens() {
        return promptTokens + completionTokens;
    }

    /** Billionths of a USD. */
    public long nanoUsd(Price price) {
        return nano(price.of(promptTokens, completionTokens));
    }

    /** An amount of USD in billionths, rounded up. */
    public static long nano(double usd) {
        return (long) Math.ceil(usd * Account.NANO - 1e-6);
    }
}
