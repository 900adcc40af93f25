package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/** Captured work, which can be made ready to run as often as wanted. Owned by whoever captured it. */
public final class Graph implements AutoCloseable {

    private final Context context;
    private final CUgraph handle;

    private Graph(Context context, CUgraph handle) {
        this.context = context;
        this.handle = handle;
        context.adopt();
    }

    static Graph endCapture(Context context, CUstream stream) {
        CUgraph graph = new CUgraph();
        check(JCudaDriver.cuStreamEndCapture(stream, graph), "cuStreamEndCapture");
        return new Graph(context, graph);
    }

    /** Ends a capture whose work failed; the driver may have spoiled it already. */
    static void abandonCapture(CUstream stream) {
        CUgraph graph = new CUgraph();
        if (JCudaDriver.cuStreamEndCapture(stream, graph) == 0) {
            JCudaDriver.cuGraphDestroy(graph);
        }
    }

    /** Number of launches, copies and fills in it. */
    public long nodes() {
        long[] count = new long[1];
        check(JCudaDriver.cuGraphGetNodes(handle, null, count), "cuGraphGetNodes");
        return count[0];
    }

    /** Makes it ready to run; the result stays valid when this graph is closed. */
    public GraphExec instantiate() {
        CUgraphExec exec = new CUgraphExec();
        check(JCudaDriver.cuGraphInstantiate(exec, handle, 0), "cuGraphInstantiate");
        return new GraphExec(context, exec);
    }

    @Override
    public void close() {
        context.release();
        check(JCudaDriver.cuGraphDestroy(handle), "cuGraphDestroy");
    }
}
