package io.consort.runtime.local;

import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.engine.EngineSettings;
import java.util.Optional;

/**
 * This machine's accelerator, or why there is none.
 *
 * @param text the probe's words
 */
record Cuda(String text, Optional<Site> site) {

    /** Steps of a device, which computes many rows in the time of one. */
    static final EngineSettings SETTINGS = new EngineSettings(64, 1024, 256);

    /** Opens the first device, where the probe says that it can be used. Never throws. */
    static Cuda ofMachine() {
        Availability availability = Probe.backend();
        if (!(availability instanceof Availability.Ready)) {
            return new Cuda(availability.text(), Optional.empty());
        }
        try {
            Hosting hosting = new TieredHosting(CudaDevice.open());
            return new Cuda(availability.text(), Optional.of(new Site(hosting, SETTINGS)));
        } catch (CudaException | IllegalStateException failure) {
            return new Cuda("off: " + failure.getMessage(), Optional.empty());
        }
    }
}
