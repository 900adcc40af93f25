package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Device;
import org.junit.jupiter.api.Assumptions;

/** Lets tests that need an accelerator be skipped, with the probe's reason, where there is none. */
public final class Accelerator {

    private Accelerator() {}

    /** Opens the first device's context; the test closes it. */
    public static Context openDriver() {
        require(Probe.driver());
        return Context.open(Device.all().getFirst());
    }

    /** Opens the first device's context, where the kernels of this build run; the test closes it. */
    public static Context openBackend() {
        require(Probe.backend());
        return Context.open(Device.all().getFirst());
    }

    /** Goes on where the kernels of this build run. */
    public static void requireBackend() {
        require(Probe.backend());
    }

    private static void require(Availability availability) {
        Assumptions.assumeTrue(
                availability instanceof Availability.Ready, () -> "CUDA is " + availability.text());
    }
}
