package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import io.consort.runtime.backend.cuda.driver.Handles.EventHandle;
import jcuda.driver.CUevent_flags;
import jcuda.driver.JCudaDriver;

/** A point in a stream's work. Owned by whoever made it; closed once, after its last use. */
public final class Event implements AutoCloseable {

    private final Context context;
    private final EventHandle handle = new EventHandle();

    private Event(Context context, int flags) {
        this.context = context;
        context.adopt();
        try {
            check(JCudaDriver.cuEventCreate(handle, flags), "cuEventCreate");
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /** An event that orders work; it keeps no time. */
    public static Event create(Context context) {
        return new Event(context, CUevent_flags.CU_EVENT_DISABLE_TIMING);
    }

    /** An event that keeps its time. */
    public static Event timed(Context context) {
        return new Event(context, CUevent_flags.CU_EVENT_DEFAULT);
    }

    /** Whether the work before it is done; true as long as it was not recorded. */
    public boolean isDone() {
        return Status.isReady(JCudaDriver.cuEventQuery(handle), "cuEventQuery");
    }

    /** Waits until the work before it is done. */
    public void synchronize() {
        check(JCudaDriver.cuEventSynchronize(handle), "cuEventSynchronize");
    }

    /** Milliseconds from an earlier event to this one; both are timed and done. */
    public float millisecondsSince(Event earlier) {
        float[] milliseconds = new float[1];
        check(
                JCudaDriver.cuEventElapsedTime(milliseconds, earlier.handle, handle),
                "cuEventElapsedTime");
        return milliseconds[0];
    }

    EventHandle handle() {
        return handle;
    }

    @Override
    public void close() {
        context.release();
        check(JCudaDriver.cuEventDestroy(handle), "cuEventDestroy");
    }
}
