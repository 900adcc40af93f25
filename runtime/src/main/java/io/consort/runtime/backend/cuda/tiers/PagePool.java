package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.PhysicalMemory;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Pieces of device memory of one size, which go from one expert to the next without being given back
 * to the driver. Owns all of them. Thread-safe.
 */
final class PagePool implements AutoCloseable {

    private final Context context;
    private final long pageBytes;
    private final long most;
    private final Deque<PhysicalMemory> free = new ArrayDeque<>();
    private long created;

    /**
     * @param pageBytes a multiple of the device's granularity
     * @param most pages that may exist
     */
    PagePool(Context context, long pageBytes, long most) {
        this.context = context;
        this.pageBytes = pageBytes;
        this.most = most;
    }

    long pageBytes() {
        return pageBytes;
    }

    /** Pages that so many bytes take. */
    long pagesFor(long bytes) {
        return Math.ceilDiv(bytes, pageBytes);
    }

    /** Takes a page. */
    synchronized PhysicalMemory take() {
        if (!free.isEmpty()) {
            return free.removeLast();
        }
        if (created == most) {
            throw new IllegalStateException(
                    "all %,d pages of device memory are taken".formatted(most));
        }
        PhysicalMemory page = PhysicalMemory.create(context, pageBytes);
        created++;
        return page;
    }

    /** Gives a page back, which is mapped nowhere. */
    synchronized void giveBack(PhysicalMemory page) {
        free.addLast(page);
    }

    @Override
    public synchronized void close() {
        free.forEach(PhysicalMemory::close);
        free.clear();
    }
}
