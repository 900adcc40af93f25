package io.consort.runtime.backend.cuda.driver;

/**
 * Device addresses that stay the same while memory behind them comes and goes, so that graphs
 * captured on them stay valid. Owned by whoever reserved it. Mapping and unmapping are not ordered
 * with streams: no work that uses the addresses may be under way.
 */
public final class VirtualRange implements AutoCloseable {

    private final Context context;
    private final long address;
    private final long bytes;

    private VirtualRange(Context context, long bytes) {
        this.context = context;
        this.bytes = bytes;
        context.adopt();
        try {
            this.address = MemoryCalls.reserve(bytes);
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Reserves addresses; no memory is taken.
     *
     * @param bytes a multiple of {@link PhysicalMemory#granularity}
     */
    public static VirtualRange reserve(Context context, long bytes) {
        return new VirtualRange(context, bytes);
    }

    /** The first address. */
    public long address() {
        return address;
    }

    /** Its size in bytes. */
    public long bytes() {
        return bytes;
    }

    /**
     * Puts the whole of a piece of memory behind the addresses from {@code offset} on; {@link #allow}
     * makes it accessible.
     */
    public void map(long offset, PhysicalMemory memory) {
        MemoryCalls.map(address + offset, memory.bytes(), memory.handle());
    }

    /** Lets the device read and write mapped addresses. */
    public void allow(long offset, long size) {
        MemoryCalls.allow(context.device().ordinal(), address + offset, size);
    }

    /** Takes memory away again, by whole pieces as they were mapped. */
    public void unmap(long offset, long size) {
        MemoryCalls.unmap(address + offset, size);
    }

    /** Gives the addresses back; nothing is mapped any more. */
    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        MemoryCalls.freeAddress(address, bytes);
    }
}
