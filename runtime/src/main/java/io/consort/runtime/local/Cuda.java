package io.consort.runtime.local;

import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.backend.cuda.Quantisation;
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
    private static final EngineSettings SETTINGS = new EngineSettings(64, 1024, 256);

    /** Device memory besides weights, keys and values: what passes compute with, and graphs. */
    private static final long BESIDES = 4L << 30;

    /** Opens the first device, where the probe says that it can be used. Never throws. */
    static Cuda ofMachine() {
        Availability availability = Probe.backend();
        if (!(availability instanceof Availability.Ready)) {
            return new Cuda(availability.text(), Optional.empty());
        }
        try {
            CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
            return new Cuda(
                    availability.text(), Optional.of(new Site(backend, SETTINGS, room(backend))));
        } catch (CudaException | IllegalStateException failure) {
            return new Cuda("off: " + failure.getMessage(), Optional.empty());
        }
    }

    /** Weights are refused by the backend, which knows what is free before they are copied. */
    private static MemoryRoom room(CudaBackend backend) {
        return new MemoryRoom() {
            @Override
            public long forWeights() {
                return Long.MAX_VALUE / 2;
            }

            @Override
            public long forCache() {
                return Math.max(0, backend.weightCapacity() - BESIDES);
            }
        };
    }
}
