package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Status.check;

import io.consort.runtime.backend.cuda.driver.Handles.FunctionHandle;
import jcuda.driver.CUfunction_attribute;
import jcuda.driver.JCudaDriver;

/** A function of a module that runs on the device; valid until the module is closed. Thread-safe. */
public final class Kernel {

    private final String name;
    private final FunctionHandle handle;

    Kernel(String name, FunctionHandle handle) {
        this.name = name;
        this.handle = handle;
    }

    /** The name that it has in its module. */
    public String name() {
        return name;
    }

    /**
     * Submits it.
     *
     * @param parameters in the kernel's order and of its types, which nobody checks
     */
    public void launch(Stream stream, Grid grid, Parameters parameters) {
        LaunchCalls.launch(handle.value(), grid, stream.address(), parameters.address());
    }

    /** Allows so many bytes of dynamic shared memory, where that is more than 48 KiB. */
    public Kernel allowShared(int bytes) {
        check(
                JCudaDriver.cuFuncSetAttribute(
                        handle,
                        CUfunction_attribute.CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                        bytes),
                "cuFuncSetAttribute");
        return this;
    }

    /** Registers that a thread takes. */
    public int registers() {
        return attribute(CUfunction_attribute.CU_FUNC_ATTRIBUTE_NUM_REGS);
    }

    /** Bytes of local memory that a thread takes: more than 0 where registers did not suffice. */
    public int localBytes() {
        return attribute(CUfunction_attribute.CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES);
    }

    private int attribute(int number) {
        int[] value = new int[1];
        check(JCudaDriver.cuFuncGetAttribute(value, number, handle), "cuFuncGetAttribute");
        return value[0];
    }

    long address() {
        return handle.value();
    }
}
