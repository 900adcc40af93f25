package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.PhysicalMemory;
import io.consort.runtime.backend.cuda.driver.VirtualRange;
import java.util.ArrayList;
import java.util.List;

/** Addresses that are kept, and the pages that are behind them now. Used by one thread at a time. */
final class MappedRange implements AutoCloseable {

    /** Pages are made accessible in groups, because each call takes its time. */
    private static final int GROUP = 8;

    private final PagePool pages;
    private final VirtualRange range;
    private final List<PhysicalMemory> mapped = new ArrayList<>();

    MappedRange(Context context, PagePool pages, long bytes) {
        this.pages = pages;
        this.range = VirtualRange.reserve(context, pages.pagesFor(bytes) * pages.pageBytes());
    }

    long address() {
        return range.address();
    }

    long bytes() {
        return range.bytes();
    }

    /**
     * Puts memory behind the addresses up to so many bytes from the first one, and a little further.
     *
     * @param most bytes that are ever needed
     */
    void map(long bytes, long most) {
        while (mapped.size() * pages.pageBytes() < bytes) {
            long from = mapped.size() * pages.pageBytes();
            long count = Math.min(GROUP, pages.pagesFor(most) - mapped.size());
            for (int i = 0; i < count; i++) {
                mapPage();
            }
            range.allow(from, count * pages.pageBytes());
        }
    }

    private void mapPage() {
        PhysicalMemory page = pages.take();
        try {
            range.map(mapped.size() * pages.pageBytes(), page);
        } catch (RuntimeException failure) {
            pages.giveBack(page);
            throw failure;
        }
        mapped.add(page);
    }

    /** Takes the memory away; nothing that uses it is under way. */
    void unmap() {
        for (int i = mapped.size() - 1; i >= 0; i--) {
            range.unmap(i * pages.pageBytes(), pages.pageBytes());
            pages.giveBack(mapped.remove(i));
        }
    }

    @Override
    public void close() {
        unmap();
        range.close();
    }
}
