package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import io.consort.runtime.backend.cuda.driver.Handles.FunctionHandle;
import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** Kernels that have been loaded to a device. Owned by whoever loaded it. */
public final class KernelModule implements AutoCloseable {

    private final Context context;
    private final CUmodule handle = new CUmodule();

    private KernelModule(Context context, byte[] image) {
        this.context = context;
        context.adopt();
        try {
            check(JCudaDriver.cuModuleLoadData(handle, image), "cuModuleLoadData");
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Loads kernels.
     *
     * @param image a fatbin, a cubin, or PTX that ends in a zero byte
     * @throws CudaException when it holds nothing for this device
     */
    public static KernelModule load(Context context, byte[] image) {
        return new KernelModule(context, image);
    }

    /**
     * A kernel of this module.
     *
     * @param name without C++ mangling
     */
    public Kernel kernel(String name) {
        FunctionHandle function = new FunctionHandle();
        check(
                JCudaDriver.cuModuleGetFunction(function, handle, name),
                "cuModuleGetFunction of \"%s\"".formatted(name));
        return new Kernel(name, function);
    }

    /** Unloads it; none of its kernels may run or be launched any more. */
    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        check(JCudaDriver.cuModuleUnload(handle), "cuModuleUnload");
    }
}
