package io.consort.service.limit;

/**
 * A limit that is used up.
 *
 * @param name of the key, the tenant or the expert
 * @param limit requests, tokens, answers, or billionths of a USD
 * @param retryMillis until it may be tried again
 */
public record Exceeded(
        Holder holder,
        String name,
        Measure measure,
        long limit,
        long retryMillis,
        Standing standing)
        implements Verdict {}
