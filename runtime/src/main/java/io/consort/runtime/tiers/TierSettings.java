package io.consort.runtime.tiers;

import java.time.Duration;

/**
 * How weights are kept.
 *
 * @param deviceBytes of device memory for weights
 * @param pinnedBytes of pinned host memory for weights
 * @param order in which waiting requests are served
 * @param eviction which weights go when others come
 * @param patience after which a waiting request takes precedence over requests for resident experts
 */
public record TierSettings(
        long deviceBytes,
        long pinnedBytes,
        LinkSpeeds speeds,
        Order order,
        Eviction eviction,
        Duration patience) {

    /** In which order waiting requests are served. */
    public enum Order {
        /** By arrival, one after another: the reference. */
        ARRIVAL,
        /** Requests for resident experts at once; the others together, expert by expert. */
        GROUPED
    }

    /** Which weights go first. */
    public enum Eviction {
        /** Those whose last request is longest ago: the reference. */
        LEAST_RECENTLY_USED,
        /** Those that cost the least: arrivals per second times seconds to reload, per byte. */
        PRICED
    }

    public TierSettings {
        if (deviceBytes <= 0 || pinnedBytes < 0) {
            throw new IllegalArgumentException(
                    "`deviceBytes` is positive and `pinnedBytes` is not negative, but they are %,d and %,d"
                            .formatted(deviceBytes, pinnedBytes));
        }
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException(
                    "`patience` is %s; make it positive".formatted(patience));
        }
    }

    /** Grouped and priced, with two seconds of patience. */
    public static TierSettings of(long deviceBytes, long pinnedBytes, LinkSpeeds speeds) {
        return new TierSettings(
                deviceBytes,
                pinnedBytes,
                speeds,
                Order.GROUPED,
                Eviction.PRICED,
                Duration.ofSeconds(2));
    }
}
