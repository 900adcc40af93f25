package io.consort.experts.guard;

import java.time.Duration;
import java.util.Optional;

/**
 * How an expert has done lately, as its guard saw it.
 *
 * @param attempts that ended since the guard was made
 * @param success a running mean of 1 for attempts that went well and 0 for those that did not
 * @param latency a running mean of the time to the first event, or to the whole answer where it does
 *     not stream
 * @param median of streams: the time to the first event that half of the latest took at most
 * @param percentile95 of streams: the time that 95 in 100 of the latest took at most
 * @param inFlight answers that have begun, or are about to, and have not ended
 */
public record Health(
        Circuit circuit,
        long attempts,
        double success,
        Optional<Duration> latency,
        Optional<Duration> median,
        Optional<Duration> percentile95,
        int inFlight) {}
