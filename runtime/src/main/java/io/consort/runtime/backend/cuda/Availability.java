package io.consort.runtime.backend.cuda;

import java.util.Optional;

/** Whether the CUDA backend can run here. */
public sealed interface Availability {

    /** One line for people. */
    String text();

    /** It can. */
    record Ready(Machine.Gpu device, int driverVersion, Optional<String> cublasLt)
            implements Availability {

        @Override
        public String text() {
            return "on: %s, driver for CUDA %s, %s"
                    .formatted(
                            device,
                            Probe.words(driverVersion),
                            cublasLt.map(name -> "large products by " + name)
                                    .orElse(
                                            "degraded: cuBLASLt is missing, large products by the own kernels"));
        }
    }

    /**
     * It cannot.
     *
     * @param problem what is wrong
     * @param remedy what to do about it, as an order
     */
    record Off(Reason reason, String problem, String remedy) implements Availability {

        @Override
        public String text() {
            return "off: %s; %s".formatted(problem, remedy);
        }
    }

    /** Why it cannot. */
    enum Reason {
        /** There is no libcuda. */
        NO_DRIVER,
        /** The driver lacks functions, or cannot load kernels of this build's compiler. */
        DRIVER_TOO_OLD,
        /** The driver is there, and does not work. */
        DRIVER_FAILS,
        /** JCuda's native library cannot be loaded. */
        NO_BINDINGS,
        /** The driver shows no device. */
        NO_DEVICE,
        /** Nobody compiled kernels into this build. */
        NO_KERNELS,
        /** The kernels hold nothing for this device. */
        WRONG_ARCHITECTURE
    }
}
