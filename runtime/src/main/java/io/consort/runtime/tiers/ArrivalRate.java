package io.consort.runtime.tiers;

/** Estimates arrivals per second; what lies further back counts exponentially less. */
final class ArrivalRate {

    private final double memorySeconds;
    private double rate;
    private long updated;

    /** @param memorySeconds after which an arrival counts a third */
    ArrivalRate(double memorySeconds, long now) {
        this.memorySeconds = memorySeconds;
        this.updated = now;
    }

    /** Counts an arrival, or a part of one that is only likely. */
    void add(double weight, long now) {
        rate = at(now) + weight / memorySeconds;
        updated = now;
    }

    /** Arrivals per second, as of now. */
    double at(long now) {
        return rate * Math.exp(-Math.max(0, now - updated) / 1e9 / memorySeconds);
    }
}
