package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import jcuda.driver.CUcontext;
import jcuda.driver.JCudaDriver;

/**
 * A device's primary context, which libraries beside the driver use too. It outlives everything that
 * is made in it. Making things makes the context current on the calling thread; every other thread
 * that launches, copies or waits calls {@link #makeCurrent} once. Thread-safe.
 */
public final class Context implements AutoCloseable {

    private final Device device;
    private final CUcontext handle = new CUcontext();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();

    private Context(Device device) {
        this.device = device;
        check(
                JCudaDriver.cuDevicePrimaryCtxRetain(handle, device.handle()),
                "cuDevicePrimaryCtxRetain");
    }

    /** Opens the device's context and makes it current on this thread. */
    public static Context open(Device device) {
        Context context = new Context(device);
        context.makeCurrent();
        return context;
    }

    /** The device that it belongs to. */
    public Device device() {
        return device;
    }

    /** Binds it to the calling thread. */
    public void makeCurrent() {
        check(JCudaDriver.cuCtxSetCurrent(handle), "cuCtxSetCurrent");
    }

    /** Waits until the device has finished all work. */
    public void synchronize() {
        check(JCudaDriver.cuCtxSynchronize(), "cuCtxSynchronize");
    }

    /** Bytes of device memory that nobody holds now. */
    public long freeBytes() {
        makeCurrent();
        long[] free = new long[1];
        check(JCudaDriver.cuMemGetInfo(free, new long[1]), "cuMemGetInfo");
        return free[0];
    }

    /** Something is made in this context, which is made current. */
    void adopt() {
        makeCurrent();
        live.incrementAndGet();
    }

    /** Something that was made in this context is closed. */
    void release() {
        live.decrementAndGet();
    }

    /** How many streams, events, modules, graphs and pieces of memory are open. */
    public int liveResources() {
        return live.get();
    }

    /**
     * Lets the primary context go.
     *
     * @throws IllegalStateException if something that was made in it is still open
     */
    @Override
    public void close() {
        if (live.get() != 0) {
            throw new IllegalStateException(
                    "%d resources of the context are open; close them first".formatted(live.get()));
        }
        if (closed.compareAndSet(false, true)) {
            check(
                    JCudaDriver.cuDevicePrimaryCtxRelease(device.handle()),
                    "cuDevicePrimaryCtxRelease");
        }
    }
}
