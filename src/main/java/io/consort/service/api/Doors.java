package io.consort.service.api;

/** Whether requests are let in; once closed they stay closed. Thread-safe. */
public final class Doors {

    private volatile boolean open = true;

    /** Turns new requests away from now on; those inside go on. */
    public void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }
}
