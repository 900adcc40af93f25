package io.consort.runtime.bench.load;

/**
 * Medians of the time to the first token, in milliseconds.
 *
 * @param first of a prompt that nothing is known of
 * @param second of a prompt with the same first {@link PrefixRun#PREFIX} tokens
 * @param share of the first that the second takes
 */
record PrefixResult(double first, double second, double share) {}
