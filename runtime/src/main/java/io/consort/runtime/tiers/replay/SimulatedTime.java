package io.consort.runtime.tiers.replay;

import io.consort.runtime.tiers.Alarm;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes only from one event to the next. Single-threaded. */
final class SimulatedTime implements Alarm {

    private record Event(long at, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long numbers;

    long now() {
        return now;
    }

    void at(long time, Runnable action) {
        events.add(new Event(time, numbers++, action));
    }

    @Override
    public void after(long nanoseconds, Runnable action) {
        at(now + nanoseconds, action);
    }

    /** Lets everything happen. */
    void run() {
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.at();
            next.action().run();
        }
    }

    @Override
    public void close() {
        events.clear();
    }
}
