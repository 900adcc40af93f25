package io.consort.service.tenant;

import java.util.concurrent.atomic.AtomicBoolean;

/** Keeps a tenancy's experts open until it is closed, once or more often. Thread-safe. */
public final class Lease implements AutoCloseable {

    private final Tenancy tenancy;
    private final AtomicBoolean over = new AtomicBoolean();

    Lease(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** What is kept open. */
    public Tenancy tenancy() {
        return tenancy;
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            tenancy.leave();
        }
    }
}
