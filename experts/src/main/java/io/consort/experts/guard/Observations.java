package io.consort.experts.guard;

import java.time.Duration;
import java.util.Optional;

/** What is seen of one expert while it is asked. Thread-safe. */
final class Observations {

    private static final double WEIGHT = 0.05;
    private static final int ENOUGH = 20;

    private final Latencies streams = new Latencies();
    private final Latencies whole = new Latencies();
    private long attempts;
    private double success = 1;
    private double latency = -1;

    /** An attempt's first event came, or the whole answer where it does not stream. */
    synchronized void opened(boolean stream, long nanos) {
        (stream ? streams : whole).add(nanos);
        latency = latency < 0 ? nanos : latency + WEIGHT * (nanos - latency);
    }

    /** An attempt that was slow was given up after this time, so that it would have taken longer. */
    synchronized void gaveUp(boolean stream, long nanos) {
        (stream ? streams : whole).add(nanos);
    }

    /** An attempt ended. */
    synchronized void ended(boolean well) {
        attempts++;
        success += WEIGHT * ((well ? 1 : 0) - success);
    }

    synchronized long attempts() {
        return attempts;
    }

    /** The 95th percentile of the time to the first event; empty until enough was seen. */
    synchronized Optional<Duration> slow(boolean stream) {
        Latencies of = stream ? streams : whole;
        return of.count() < ENOUGH ? Optional.empty() : of.quantile(0.95);
    }

    synchronized Health health(Circuit circuit, int inFlight) {
        return new Health(
                circuit,
                attempts,
                success,
                latency < 0 ? Optional.empty() : Optional.of(Duration.ofNanos((long) latency)),
                streams.quantile(0.5),
                streams.quantile(0.95),
                inFlight);
    }
}
