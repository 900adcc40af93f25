package io.consort.runtime.tiers;

import java.util.function.Consumer;

/** Has everything looked at again later, by the earliest of the times asked for. Guarded by the tiers' lock. */
final class Wakes {

    private final Alarm alarm;
    private final Outbox out;
    private final Consumer<Runnable> locked;
    private long next = Long.MAX_VALUE;

    /** @param locked runs a change under the lock, and then all that it makes possible */
    Wakes(Alarm alarm, Outbox out, Consumer<Runnable> locked) {
        this.alarm = alarm;
        this.out = out;
        this.locked = locked;
    }

    /** Looks again after so many nanoseconds. */
    void after(long nanoseconds, long now) {
        if (now + nanoseconds < next) {
            next = now + nanoseconds;
            out.add(() -> alarm.after(nanoseconds, () -> locked.accept(this::rung)));
        }
    }

    private void rung() {
        next = Long.MAX_VALUE;
    }
}
