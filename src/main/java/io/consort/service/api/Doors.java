package io.consort.service.api;

import io.consort.service.limit.Overload;

/**
 * Whether requests are let in: so many at once, and none once the doors are closed, which they then
 * stay. Thread-safe.
 */
public final class Doors {

    private final Overload overload;
    private volatile boolean open = true;

    /** Doors for at most so many requests at once. */
    public Doors(int most) {
        overload = new Overload(most);
    }

    /** Requests that are inside. */
    public int inside() {
        return overload.inside();
    }

    /** A place for one more request, which there may not be. */
    Overload.Place enter() {
        return overload.enter();
    }

    /** Turns new requests away from now on; those inside go on. */
    public void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }
}
