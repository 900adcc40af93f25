package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.CudaException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the probe asks of a machine, in this order, and no further than the first answer that settles it. */
interface Machine {

    /** A device as far as the probe cares. */
    record Gpu(String name, int computeCapability, long memoryBytes) {

        @Override
        public String toString() {
            return "%s (compute capability %d.%d, %,d MiB)"
                    .formatted(
                            name,
                            computeCapability / 10,
                            computeCapability % 10,
                            memoryBytes >> 20);
        }
    }

    /** The version that the driver supports; empty without a driver. */
    OptionalInt driverVersion();

    /** Why JCuda cannot be loaded. */
    Optional<String> bindingProblem();

    /**
     * The devices.
     *
     * @throws CudaException when the driver cannot be initialised
     */
    List<Gpu> devices();

    /** The kernels of this build. */
    Optional<KernelImage> kernels();

    /** Why the first device refuses the kernels. */
    Optional<String> loadProblem(KernelImage kernels);

    /** Where cuBLASLt is. */
    Optional<String> cublasLt();
}
