package io.consort.runtime.backend.cuda.driver;

/**
 * Device memory without an address, to be mapped into a {@link VirtualRange}. Owned by whoever
 * created it. It may be mapped in one range after another; closing it while it is mapped keeps the
 * memory until it is unmapped.
 */
public final class PhysicalMemory implements AutoCloseable {

    private final Context context;
    private final long handle;
    private final long bytes;

    private PhysicalMemory(Context context, long bytes) {
        this.context = context;
        this.bytes = bytes;
        context.adopt();
        try {
            this.handle = MemoryCalls.create(context.device().ordinal(), bytes);
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /** What sizes and places of mapped memory are multiples of, usually 2 MiB. */
    public static long granularity(Context context) {
        context.makeCurrent();
        return MemoryCalls.granularity(context.device().ordinal());
    }

    /**
     * Takes memory.
     *
     * @param bytes a multiple of the granularity
     * @throws CudaException that {@link CudaException#isOutOfMemory} when the device is full
     */
    public static PhysicalMemory create(Context context, long bytes) {
        return new PhysicalMemory(context, bytes);
    }

    /** Its size in bytes. */
    public long bytes() {
        return bytes;
    }

    long handle() {
        return handle;
    }

    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        MemoryCalls.release(handle);
    }
}
