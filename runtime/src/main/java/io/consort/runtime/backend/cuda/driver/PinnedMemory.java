package io.consort.runtime.backend.cuda.driver;

import java.lang.foreign.MemorySegment;

/**
 * Host memory that the device copies from and to at the link's full speed. Owned by whoever made it;
 * no copy may use it when it is closed.
 */
public final class PinnedMemory implements AutoCloseable {

    private final Context context;
    private final MemorySegment segment;
    private final boolean registered;

    private PinnedMemory(Context context, MemorySegment segment, boolean registered) {
        this.context = context;
        this.segment = segment;
        this.registered = registered;
    }

    /** Allocates pinned memory of any size; takes about as long as writing it does. */
    @SuppressWarnings("restricted") // The driver has allocated exactly these bytes.
    public static PinnedMemory allocate(Context context, long bytes) {
        context.adopt();
        try {
            MemorySegment segment =
                    MemorySegment.ofAddress(MemoryCalls.hostAllocate(bytes)).reinterpret(bytes);
            return new PinnedMemory(context, segment, false);
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
        context.adopt();
        try {
            MemoryCalls.hostRegister(segment.address(), segment.byteSize());
            return new PinnedMemory(context, segment, true);
        } catch (CudaException failure) {
            context.release();
            throw failure;
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
        } else {
            MemoryCalls.hostFree(segment.address());
        }
    }
}
