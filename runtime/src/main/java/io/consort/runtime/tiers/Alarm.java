package io.consort.runtime.tiers;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Calls back later. */
public interface Alarm extends AutoCloseable {

    /** Runs an action once so many nanoseconds have passed. */
    void after(long nanoseconds, Runnable action);

    /** Forgets all actions that have not run yet. */
    @Override
    void close();

    /** An alarm with one daemon thread. */
    static Alarm ofThread() {
        ScheduledThreadPoolExecutor executor =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> Thread.ofPlatform().daemon().name("tiers-alarm").unstarted(task));
        return new Alarm() {
            @Override
            @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for an alarm.
            public void after(long nanoseconds, Runnable action) {
                executor.schedule(action, nanoseconds, TimeUnit.NANOSECONDS);
            }

            @Override
            public void close() {
                executor.shutdownNow();
            }
        };
    }
}
