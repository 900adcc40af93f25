package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import io.consort.runtime.backend.cuda.driver.Handles.StreamHandle;
import java.lang.foreign.MemorySegment;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;

/**
 * Work of a device in order. Copies and launches return before they are done: what they read and
 * write stays allocated until {@link #synchronize}, or an event recorded after them, says so. Used by
 * one thread at a time.
 */
public final class Stream implements AutoCloseable {

    /** Which stream's blocks a device takes first. */
    public enum Priority {
        /** Before all others. */
        HIGH,
        /** After all others. */
        LOW
    }

    private final Context context;
    private final StreamHandle handle = new StreamHandle();

    private Stream(Context context, Priority priority) {
        this.context = context;
        context.adopt();
        try {
            int[] least = new int[1];
            int[] greatest = new int[1];
            check(
                    JCudaDriver.cuCtxGetStreamPriorityRange(least, greatest),
                    "cuCtxGetStreamPriorityRange");
            check(
                    JCudaDriver.cuStreamCreateWithPriority(
                            handle,
                            CUstream_flags.CU_STREAM_NON_BLOCKING,
                            priority == Priority.HIGH ? greatest[0] : least[0]),
                    "cuStreamCreateWithPriority");
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /** A stream that waits for no other unless it is told to. */
    public static Stream create(Context context, Priority priority) {
        return new Stream(context, priority);
    }

    /** The context that it belongs to. */
    public Context context() {
        return context;
    }

    /**
     * Copies to the device.
     *
     * @param host native memory; pinned memory is copied at the link's full speed
     */
    public void copyToDevice(long device, MemorySegment host) {
        check(
                JCudaDriver.cuMemcpyHtoDAsync(
                        Handles.device(device),
                        Handles.host(host.address()),
                        host.byteSize(),
                        handle),
                "cuMemcpyHtoDAsync");
    }

    /** Copies from the device and fills the whole of {@code host}, which is native memory. */
    public void copyToHost(MemorySegment host, long device) {
        check(
                JCudaDriver.cuMemcpyDtoHAsync(
                        Handles.host(host.address()),
                        Handles.device(device),
                        host.byteSize(),
                        handle),
                "cuMemcpyDtoHAsync");
    }

    /** Copies within the device. */
    public void copy(long to, long from, long bytes) {
        check(
                JCudaDriver.cuMemcpyDtoDAsync(
                        Handles.device(to), Handles.device(from), bytes, handle),
                "cuMemcpyDtoDAsync");
    }

    /** Sets every byte. */
    public void fill(long device, byte value, long bytes) {
        check(
                JCudaDriver.cuMemsetD8Async(Handles.device(device), value, bytes, handle),
                "cuMemsetD8Async");
    }

    /** Marks what has been submitted so far. */
    public void record(Event event) {
        check(JCudaDriver.cuEventRecord(event.handle(), handle), "cuEventRecord");
    }

    /** Lets what is submitted from now on wait for an event of another stream. */
    public void waitFor(Event event) {
        check(JCudaDriver.cuStreamWaitEvent(handle, event.handle(), 0), "cuStreamWaitEvent");
    }

    /**
     * Collects what {@code work} submits to this stream, and to streams that wait for its events,
     * instead of running it.
     *
     * @return a graph that the caller owns
     */
    public Graph capture(Runnable work) {
        check(
                JCudaDriver.cuStreamBeginCapture(
                        handle, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
                "cuStreamBeginCapture");
        try {
            work.run();
        } catch (RuntimeException failure) {
            Graph.abandonCapture(handle);
            throw failure;
        }
        return Graph.endCapture(context, handle);
    }

    /** Whether all work is done. */
    public boolean isIdle() {
        return Status.isReady(JCudaDriver.cuStreamQuery(handle), "cuStreamQuery");
    }

    /** Waits until all work is done. */
    public void synchronize() {
        check(JCudaDriver.cuStreamSynchronize(handle), "cuStreamSynchronize");
    }

    /** Its value for libraries beside the driver. */
    public long address() {
        return handle.value();
    }

    StreamHandle handle() {
        return handle;
    }

    /** Lets it go; work that was submitted still runs to its end. */
    @Override
    public void close() {
        context.release();
        check(JCudaDriver.cuStreamDestroy(handle), "cuStreamDestroy");
    }
}
