package io.consort.experts.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Timers whose time goes on only when a test says so. */
final class TurnedClock implements Timers {

    private record Scheduled(long due, Runnable action) {}

    private final List<Scheduled> scheduled = new ArrayList<>();
    private long now = 1_000_000_000L;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Timer after(Duration delay, Runnable action) {
        Scheduled entry = new Scheduled(now + delay.toNanos(), action);
        scheduled.add(entry);
        return () -> remove(entry);
    }

    private synchronized void remove(Scheduled entry) {
        scheduled.remove(entry);
    }

    /** Timers that have not fired and were not cancelled. */
    synchronized int pending() {
        return scheduled.size();
    }

    /** Goes on by so much, firing what is due on the way. */
    void turn(Duration by) {
        long until = nanoTime() + by.toNanos();
        for (Optional<Scheduled> next = next(until); next.isPresent(); next = next(until)) {
            next.get().action().run();
        }
        synchronized (this) {
            now = until;
        }
    }

    private synchronized Optional<Scheduled> next(long until) {
        Optional<Scheduled> next =
                scheduled.stream()
                        .filter(entry -> entry.due() <= until)
                        .min(Comparator.comparingLong(Scheduled::due));
        next.ifPresent(entry -> {
            now = entry.due();
            scheduled.remove(entry);
        });
        return next;
    }
}
