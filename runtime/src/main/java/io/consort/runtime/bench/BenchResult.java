package io.consort.runtime.bench;

/**
 * Medians of one model.
 *
 * @param weightBytes that a decode step reads: every matrix once, of the embeddings only as a head
 * @param readGigabytes per second, when those bytes are only read
 * @param decodeTokens per second, one sequence
 * @param batchTokens per second, {@link #BATCH} sequences together
 * @param prefillTokens per second, a prompt of {@link #PROMPT}
 * @param decodeShare of the read limit that decoding one sequence reaches
 */
record BenchResult(
        String model,
        long weightBytes,
        double readGigabytes,
        double decodeTokens,
        double batchTokens,
        double prefillTokens,
        double decodeShare) {

    static final int BATCH = 8;
    static final int PROMPT = 256;
}
