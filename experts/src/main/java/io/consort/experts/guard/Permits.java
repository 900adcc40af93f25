package io.consort.experts.guard;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the answers that an expert is giving. Thread-safe. */
final class Permits {

    private volatile int limit;
    private final AtomicInteger taken = new AtomicInteger();

    Permits(int limit) {
        this.limit = limit;
    }

    /** Changes the limit; answers that are being given above it go on. */
    void limit(int next) {
        limit = next;
    }

    /** Takes a permit, which must be released once; false when all are taken. */
    boolean tryTake() {
        if (taken.incrementAndGet() <= limit) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    void release() {
        taken.decrementAndGet();
    }

    int taken() {
        return taken.get();
    }
}
