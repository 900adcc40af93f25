package io.consort.experts.guard;

import java.time.Duration;

/** Time as the guards see it. Thread-safe. */
public interface Timers {

    /** Nanoseconds of a clock that only goes forward; comparable with each other only. */
    long nanoTime();

    /**
     * Runs an action once after a delay, on a thread that must not be blocked. An action scheduled
     * from an event loop runs on that event loop.
     */
    Timer after(Duration delay, Runnable action);

    /** A scheduled action. */
    interface Timer {

        /** Prevents the action if it has not begun; otherwise does nothing. */
        void cancel();
    }
}
