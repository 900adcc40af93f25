package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import io.consort.runtime.backend.cuda.driver.Handles.Allocation;
import jcuda.driver.JCudaDriver;

/** A piece of device memory, not initialised. Owned by whoever allocated it. */
public final class DeviceMemory implements AutoCloseable {

    private final Context context;
    private final long address;
    private final long bytes;

    private DeviceMemory(Context context, long bytes) {
        this.context = context;
        this.bytes = bytes;
        context.adopt();
        try {
            Allocation allocation = new Allocation();
            check(JCudaDriver.cuMemAlloc(allocation, bytes), "cuMemAlloc");
            this.address = allocation.value();
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Allocates.
     *
     * @param bytes more than 0
     * @throws CudaException that {@link CudaException#isOutOfMemory} when the device is full
     */
    public static DeviceMemory allocate(Context context, long bytes) {
        return new DeviceMemory(context, bytes);
    }

    /** The first byte's address, a multiple of 256. */
    public long address() {
        return address;
    }

    /** Its size in bytes. */
    public long bytes() {
        return bytes;
    }

    /** Frees it; waits for work of the device that may use it. */
    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        check(JCudaDriver.cuMemFree(Handles.device(address)), "cuMemFree");
    }
}
