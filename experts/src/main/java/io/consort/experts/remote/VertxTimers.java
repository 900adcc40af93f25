package io.consort.experts.remote;

import io.consort.experts.guard.Timers;
import io.vertx.core.Vertx;
import java.time.Duration;

/** The timers of Vert.x: an action scheduled on an event loop stays there. */
public final class VertxTimers implements Timers {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;

    public VertxTimers(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        long millis = Math.ceilDiv(delay.toNanos(), NANOS_PER_MILLI);
        long id = vertx.setTimer(Math.max(1, millis), _ -> action.run());
        return () -> vertx.cancelTimer(id);
    }
}
