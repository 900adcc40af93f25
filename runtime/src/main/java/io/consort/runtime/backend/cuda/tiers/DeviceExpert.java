package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.PhysicalMemory;
import io.consort.runtime.backend.cuda.driver.VirtualRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One expert's addresses on the device, which it keeps for life, and whatever memory is behind them
 * now. Changed by the mover's threads only, one at a time.
 */
final class DeviceExpert implements AutoCloseable {

    private static final int GROUP = 8;

    private final WeightImage image;
    private final PagePool pages;
    private final VirtualRange range;
    private final List<PhysicalMemory> mapped = new ArrayList<>();
    private List<MemorySegment> pinned = List.of();
    private volatile Optional<Arrival> arrival = Optional.empty();

    DeviceExpert(Context context, WeightImage image, PagePool pages) {
        this.image = image;
        this.pages = pages;
        this.range =
                VirtualRange.reserve(context, pages.pagesFor(image.bytes()) * pages.pageBytes());
    }

    WeightImage image() {
        return image;
    }

    long address() {
        return range.address();
    }

    List<MemorySegment> pinned() {
        return pinned;
    }

    void pinned(List<MemorySegment> chunks) {
        pinned = chunks;
    }

    Optional<Arrival> arrival() {
        return arrival;
    }

    void arriving(Arrival next) {
        arrival = Optional.of(next);
    }

    /**
     * Puts memory behind the addresses up to so many bytes from the first one, and a little further:
     * pages are made accessible in groups, because each call takes its time.
     */
    void map(long bytes) {
        long wanted = Math.min(bytes, image.bytes());
        while (mapped.size() * pages.pageBytes() < wanted) {
            long from = mapped.size() * pages.pageBytes();
            long count = Math.min(GROUP, pages.pagesFor(image.bytes()) - mapped.size());
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
        arrival.ifPresent(Arrival::close);
        arrival = Optional.empty();
    }

    @Override
    public void close() {
        unmap();
        range.close();
    }
}
