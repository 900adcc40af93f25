package io.consort.experts.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Allows a second call at once for a tenth of all calls at most, so that an expert that has become
 * slow is not asked twice as much as well. Thread-safe.
 */
final class HedgeBudget {

    private static final int PRICE = 10;
    private static final int MOST = 10 * PRICE;

    private final AtomicInteger saved = new AtomicInteger();

    /** A call is made. */
    void called() {
        saved.updateAndGet(before -> Math.min(MOST, before + 1));
    }

    /** Whether a second call may be made now. */
    boolean tryTake() {
        return saved.getAndUpdate(before -> before >= PRICE ? before - PRICE : before) >= PRICE;
    }
}
