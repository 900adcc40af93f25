package io.consort.runtime.tiers;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use an expert's weights on the device: they stay as long as it is open. Whoever holds
 * one does not wait for another. Closing it twice changes nothing. Thread-safe.
 */
public final class Lease implements AutoCloseable {

    private final String expert;
    private final long load;
    private final Runnable release;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(String expert, long load, Runnable release) {
        this.expert = expert;
        this.load = load;
        this.release = release;
    }

    /** Whose weights. */
    public String expert() {
        return expert;
    }

    /** Which load of the weights to the device it is, counted from 1. */
    public long load() {
        return load;
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            release.run();
        }
    }
}
