package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Quantisation;
import io.consort.runtime.backend.cuda.TieredBackend;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.tiers.Arrival;
import io.consort.runtime.backend.cuda.tiers.DeviceTiers;
import io.consort.runtime.engine.Residence;
import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.Mover;
import io.consort.runtime.tiers.TierSettings;
import java.util.Optional;

/** The first CUDA device. Owns its backend, and all memory for weights. */
final class CudaDevice implements TieredDevice {

    /** What promotion reaches on current machines. */
    static final LinkSpeeds SPEEDS = new LinkSpeeds(50e9, 8e9);

    /** Device memory besides weights, keys and values: what passes compute with, and graphs. */
    private static final long BESIDES = 2L << 30;

    private static final long PAGE = 32L << 20;

    private final CudaBackend backend;
    private final DeviceTiers tiers;
    private final TierSettings settings;

    private CudaDevice(CudaBackend backend, TierSettings settings) {
        this.backend = backend;
        this.settings = settings;
        this.tiers =
                new DeviceTiers(
                        backend.context(),
                        DeviceTiers.Room.of(settings.deviceBytes(), settings.pinnedBytes()));
    }

    /**
     * Opens it.
     *
     * @throws CudaException when the driver fails
     * @throws IllegalStateException with the probe's words where CUDA is off
     */
    static CudaDevice open() {
        CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
        long free = backend.weightCapacity();
        long device = Math.max(PAGE, pages(free - free / 10 - BESIDES));
        long pinned = pages(MemoryRoom.ofMachine().forWeights() / 2);
        return new CudaDevice(backend, TierSettings.of(device, pinned, SPEEDS));
    }

    /** Opens it with so much memory for weights, in whole pages. */
    static CudaDevice open(TierSettings settings) {
        return new CudaDevice(CudaBackend.open(Precision.MIXED, Quantisation.NONE), settings);
    }

    static CudaDevice open(long deviceBytes, long pinnedBytes) {
        return open(TierSettings.of(deviceBytes, pinnedBytes, SPEEDS));
    }

    /** The device's context, for others that work on it. */
    Context context() {
        return backend.context();
    }

    /** How a model's weights arrive, once they are on their way. */
    Optional<Arrival> arrival(Residence residence) {
        return residence instanceof TieredResidence tiered
                ? tiers.arrival(tiered.model())
                : Optional.empty();
    }

    /** Loads to the device so far. */
    int promotions() {
        return tiers.promotions();
    }

    private static long pages(long bytes) {
        return Math.max(0, bytes / PAGE * PAGE);
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public TierSettings settings() {
        return settings;
    }

    @Override
    public Mover mover() {
        return tiers;
    }

    @Override
    public Layout layOut(String model, long weightBytes) {
        TieredBackend laid = new TieredBackend(backend, tiers, model, weightBytes);
        return new Layout() {
            @Override
            public Backend backend() {
                return laid;
            }

            @Override
            public long weightBytes() {
                return laid.weightBytes();
            }

            @Override
            public long deviceBytes() {
                return laid.footprint().deviceBytes();
            }

            @Override
            public long pinnedBytes() {
                return laid.footprint().pinnedBytes();
            }

            @Override
            public void close() {
                laid.close();
            }
        };
    }

    @Override
    public void close() {
        tiers.close();
        backend.close();
    }
}
