package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Library.INT;
import static io.consort.runtime.backend.cuda.driver.Library.WORD;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Memory of the host that the system keeps in pages of 2 MiB where it has them, because pinning takes
 * a time for every page. Owned by whoever maps it.
 *
 * @param base where the mapping begins
 * @param mapped bytes of the mapping
 * @param segment as much of it as was asked for, aligned to such a page
 */
record LargePages(long base, long mapped, MemorySegment segment) implements AutoCloseable {

    private static final long PAGE = 2L << 20;
    private static final long SMALL_PAGE = 4096;
    private static final int READ_AND_WRITE = 3;
    private static final int PRIVATE_AND_ANONYMOUS = 0x22;
    private static final int ADVISE_LARGE_PAGES = 14;
    private static final long FAILED = -1;

    private static final MethodHandle MAP =
            Library.function(WORD, "mmap", WORD, WORD, INT, INT, INT, WORD);
    private static final MethodHandle UNMAP = Library.function(INT, "munmap", WORD, WORD);
    private static final MethodHandle ADVISE = Library.function(INT, "madvise", WORD, WORD, INT);

    /**
     * Maps zeros, which are there at once.
     *
     * @throws IllegalStateException when the host has no memory left
     */
    @SuppressWarnings("restricted") // The system has mapped exactly these bytes.
    static LargePages map(long bytes) {
        long mapped = bytes + PAGE;
        long base;
        try {
            base =
                    (long)
                            MAP.invokeExact(
                                    0L, mapped, READ_AND_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0L);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        if (base == FAILED) {
            throw new IllegalStateException(
                    "the host has no %,d bytes of memory left; free memory, or use fewer experts"
                            .formatted(bytes));
        }
        long aligned = Math.ceilDiv(base, PAGE) * PAGE;
        MemorySegment segment = MemorySegment.ofAddress(aligned).reinterpret(bytes);
        advise(segment);
        for (long at = 0; at < bytes; at += SMALL_PAGE) {
            segment.set(ValueLayout.JAVA_BYTE, at, (byte) 0);
        }
        return new LargePages(base, mapped, segment);
    }

    /** A system without large pages says no, and small ones do as well. */
    private static void advise(MemorySegment segment) {
        try {
            var _ =
                    (int)
                            ADVISE.invokeExact(
                                    segment.address(), segment.byteSize(), ADVISE_LARGE_PAGES);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
    }

    @Override
    public void close() {
        try {
            var _ = (int) UNMAP.invokeExact(base, mapped);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
    }
}
