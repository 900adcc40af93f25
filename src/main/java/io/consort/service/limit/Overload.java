package io.consort.service.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the requests that are in service at once, so that a service with too much to do turns
 * requests away early instead of doing all of them late. Thread-safe.
 */
public final class Overload {

    private static final long BYTES_PER_REQUEST = 256 * 1024;
    private static final int LEAST = 256;
    private static final int MOST = 50_000;

    private final int limit;
    private final AtomicInteger inside = new AtomicInteger();

    /** At most so many requests at once. */
    public Overload(int limit) {
        this.limit = limit;
    }

    /** How many requests a heap of so many bytes has room for. */
    public static int limitFor(long heapBytes) {
        return Math.clamp(heapBytes / BYTES_PER_REQUEST, LEAST, MOST);
    }

    /** Whether there is no room for another. */
    public boolean isFull() {
        return inside.get() >= limit;
    }

    /** Requests in service. */
    public int inside() {
        return inside.get();
    }

    /** At most so many. */
    public int limit() {
        return limit;
    }

    /** A place for one more request; {@link Place#taken} says whether there was one. */
    public Place enter() {
        if (inside.incrementAndGet() <= limit) {
            return new Place(true);
        }
        inside.decrementAndGet();
        return new Place(false);
    }

    /** The place of one request. */
    public final class Place {

        private final boolean taken;
        private final AtomicBoolean left;

        private Place(boolean taken) {
            this.taken = taken;
            this.left = new AtomicBoolean(!taken);
        }

        /** Whether there was one. */
        public boolean taken() {
            return taken;
        }

        /** Gives it up; more than once changes nothing. */
        public void leave() {
            if (left.compareAndSet(false, true)) {
                inside.decrementAndGet();
            }
        }
    }
}
