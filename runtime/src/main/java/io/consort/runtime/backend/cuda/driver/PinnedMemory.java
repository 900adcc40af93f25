package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Host memory that the device copies from and to at the link's full speed. Owned by whoever made it;
 * no copy may use it when it is closed.
 */
public final class PinnedMemory implements AutoCloseable {

    private final Context context;
    private final MemorySegment segment;
    private final boolean registered;
    private final Optional<LargePages> pages;

    private PinnedMemory(
            Context context,
            MemorySegment segment,
            boolean registered,
            Optional<LargePages> pages) {
        this.context = context;
        this.segment = segment;
        this.registered = registered;
        this.pages = pages;
    }

    /** Allocates pinned memory of any size; takes about as long as writing it does. */
    @SuppressWarnings("restricted") // The driver has allocated exactly these bytes.
    public static PinnedMemory allocate(Context context, long bytes) {
        context.adopt();
        try {
            MemorySegment segment =
                    MemorySegment.ofAddress(MemoryCalls.hostAllocate(bytes)).reinterpret(bytes);
            return new PinnedMemory(context, segment, false, Optional.empty());
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Pins memory that somebody else owns, and that stays allocated until this is closed.
     *
     * @param segment native memory that may be written
     */
    public static PinnedMemory register(Context context, MemorySegment segment) {
        return register(context, segment, Optional.empty());
    }

    private static PinnedMemory register(
            Context context, MemorySegment segment, Optional<LargePages> pages) {
        context.adopt();
        try {
            MemoryCalls.hostRegister(segment.address(), segment.byteSize());
            return new PinnedMemory(context, segment, true, pages);
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Makes memory ready to be pinned: all of it is there, in large pages where the system has them.
     * That takes the most of the time, and keeps the driver from nobody.
     */
    public static Unpinned prepare(Context context, long bytes) {
        return new Unpinned(context, LargePages.map(bytes));
    }

    /** Memory of the host that is there and not pinned; pinned once. */
    public static final class Unpinned {

        private final Context context;
        private final LargePages pages;

        private Unpinned(Context context, LargePages pages) {
            this.context = context;
            this.pages = pages;
        }

        /** Pins it, and gives it back where that fails. Other calls of the driver wait meanwhile. */
        public PinnedMemory pin() {
            try {
                return register(context, pages.segment(), Optional.of(pages));
            } catch (CudaException failure) {
                pages.close();
                throw failure;
            }
        }
    }

    /** The memory; not to be used once this is closed. */
    public MemorySegment segment() {
        return segment;
    }

    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        if (registered) {
            MemoryCalls.hostUnregister(segment.address());
            pages.ifPresent(LargePages::close);
        } else {
            MemoryCalls.hostFree(segment.address());
        }
    }
}
