package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

/**
 * A graph that is ready to run. It runs on the addresses that were captured: they stay reserved while
 * it is open, and they are mapped while it runs. Owned by whoever instantiated it.
 */
public final class GraphExec implements AutoCloseable {

    private final Context context;
    private final CUgraphExec handle;

    GraphExec(Context context, CUgraphExec handle) {
        this.context = context;
        this.handle = handle;
        context.adopt();
    }

    /** Sends it to the device, so that the first launch does not have to. */
    public void upload(Stream stream) {
        check(JCudaDriver.cuGraphUpload(handle, stream.handle()), "cuGraphUpload");
    }

    /** Submits all of it. */
    public void launch(Stream stream) {
        check(JCudaDriver.cuGraphLaunch(handle, stream.handle()), "cuGraphLaunch");
    }

    @Override
    public void close() {
        context.release();
        check(JCudaDriver.cuGraphExecDestroy(handle), "cuGraphExecDestroy");
    }
}
