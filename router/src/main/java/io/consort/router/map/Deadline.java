package io.consort.router.map;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to stop.
 *
 * @param clock nanoseconds from any origin, as of {@link System#nanoTime}
 */
record Deadline(long end, LongSupplier clock) {

    static Deadline after(Duration duration, LongSupplier clock) {
        return new Deadline(clock.getAsLong() + duration.toNanos(), clock);
    }

    boolean passed() {
        return clock.getAsLong() - end >= 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - clock.getAsLong()));
    }
}
