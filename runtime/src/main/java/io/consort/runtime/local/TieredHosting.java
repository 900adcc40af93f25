package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.engine.Residence;
import io.consort.runtime.local.TieredDevice.Layout;
import io.consort.runtime.tiers.Alarm;
import io.consort.runtime.tiers.Residency.Standing;
import io.consort.runtime.tiers.Tiers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A device whose memory models share over time: their weights are there while sequences need them. */
final class TieredHosting implements Hosting {

    /** What a model gets before its first question, as long as all models before it fit together. */
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    /** Keys and values take this part of what weights take, or the least. */
    private static final long CACHE_PART = 2;

    private static final long LEAST_CACHE = 512L << 20;

    /** What a {@link MemoryPlan} leaves of the room that it is told. */
    private static final long PLANNED = 2;

    private final TieredDevice device;
    private final Alarm alarm = Alarm.ofThread();
    private final Tiers tiers;
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicLong admitted = new AtomicLong();

    /** @param device closed together with this */
    TieredHosting(TieredDevice device) {
        this.device = device;
        this.tiers = new Tiers(device.settings(), device.mover(), alarm, System::nanoTime);
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public Berth berth(Path checkpoint, long weightBytes) {
        String model = "%s#%d".formatted(checkpoint.getFileName(), names.incrementAndGet());
        return new Leased(model, device.layOut(model, weightBytes));
    }

    @Override
    public void close() {
        tiers.close();
        alarm.close();
        device.close();
    }

    /** A model's share of the device. */
    private final class Leased implements Berth, MemoryRoom {

        private final String model;
        private final Layout layout;
        private Duration warmUp = Duration.ZERO;

        Leased(String model, Layout layout) {
            this.model = model;
            this.layout = layout;
        }

        @Override
        public Backend backend() {
            return layout.backend();
        }

        @Override
        public MemoryRoom room() {
            return this;
        }

        /** Weights that are too large are refused by the tiers. */
        @Override
        public long forWeights() {
            return Long.MAX_VALUE / 2;
        }

        @Override
        public long forCache() {
            long wanted = Math.max(layout.weightBytes() / CACHE_PART, LEAST_CACHE);
            long rest = device.settings().deviceBytes() - layout.weightBytes();
            return PLANNED * Math.max(0, Math.min(wanted, rest / 2));
        }

        @Override
        public Residence residence() {
            return new TieredResidence(tiers, model);
        }

        @Override
        public void admit() {
            tiers.register(model, layout.deviceBytes(), layout.pinnedBytes());
            boolean fits =
                    admitted.addAndGet(layout.deviceBytes()) <= device.settings().deviceBytes();
            warmUp = fits ? WARM_UP : Duration.ZERO;
        }

        @Override
        public Duration warmUp() {
            return warmUp;
        }

        @Override
        public Optional<Standing> standing() {
            return tiers.residency().of(model);
        }

        @Override
        public void foresee(double probability) {
            tiers.foresee(model, probability);
        }

        @Override
        public void leave() {
            tiers.remove(model).join();
        }

        @Override
        public void close() {
            layout.close();
        }
    }
}
