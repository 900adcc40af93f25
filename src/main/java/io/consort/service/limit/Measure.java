package io.consort.service.limit;

/** What is counted. */
public enum Measure {
    /** Requests in the last minute. */
    REQUESTS,
    /** Tokens in the last minute. */
    TOKENS,
    /** Answers that are being given. */
    CONCURRENT,
    /** Billionths of a USD on this day of UTC. */
    DAY,
    /** Billionths of a USD in this month of UTC. */
    MONTH
}
