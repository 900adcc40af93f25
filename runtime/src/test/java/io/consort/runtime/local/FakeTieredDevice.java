package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.DeviceFailure;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.tiers.LinkSpeeds;
import io.consort.runtime.tiers.Mover;
import io.consort.runtime.tiers.Tier;
import io.consort.runtime.tiers.TierSettings;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A device that computes on the processor, moves nothing, and watches that models run only while their
 * weights would be there. It fails when it is told to.
 */
final class FakeTieredDevice implements TieredDevice, Mover {

    /** Models that fit at the same time. */
    static final int FIT = 2;

    private static final long SHARE = 8L << 20;
    private static final long MODEL = SHARE / FIT;

    /** What a device's driver throws. */
    static final class Failure extends RuntimeException implements DeviceFailure {
        private static final long serialVersionUID = 1L;
        private final boolean lost;

        Failure(String message, boolean lost) {
            super(message);
            this.lost = lost;
        }

        @Override
        public boolean isOutOfMemory() {
            return !lost;
        }

        @Override
        public boolean isDeviceLost() {
            return lost;
        }
    }

    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    final AtomicInteger loads = new AtomicInteger();

    /** Thrown by the next load to the device. */
    final Queue<RuntimeException> nextLoad = new ConcurrentLinkedQueue<>();

    /** Thrown by the next pass. */
    final Queue<RuntimeException> nextPass = new ConcurrentLinkedQueue<>();

    private final Backend processor = new CpuBackend(1, 1L << 30);
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Set<String> onDevice = ConcurrentHashMap.newKeySet();
    private final Set<String> pinned = ConcurrentHashMap.newKeySet();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private volatile boolean lost;
    private final Set<String> laidOut = ConcurrentHashMap.newKeySet();

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public TierSettings settings() {
        return TierSettings.of(SHARE, 3 * MODEL, new LinkSpeeds(1e12, 1e12));
    }

    @Override
    public Mover mover() {
        return this;
    }

    /** Models on any tier, or laid out; what a lost device holds does not count. */
    int known() {
        return laidOut.size() + (lost ? 0 : onDevice.size() + pinned.size());
    }

    @Override
    public void load(Load load, Progress progress) {
        threads.execute(() -> {
            RuntimeException failure = load.to() == Tier.DEVICE ? nextLoad.poll() : null;
            (load.to() == Tier.DEVICE ? onDevice : pinned).add(load.expert());
            if (load.to() == Tier.DEVICE) {
                loads.incrementAndGet();
                check(onDevice.size() <= FIT, "more than fits: " + onDevice);
            }
            check(pinned.size() <= 3, "more than fits in pinned memory: " + pinned);
            if (failure instanceof Failure fatal && fatal.isDeviceLost()) {
                lost = true;
                progress.lost(fatal);
            } else if (failure != null) {
                progress.failed(failure);
            } else {
                progress.usable();
                progress.loaded();
            }
        });
    }

    @Override
    public void drop(String expert, Tier tier) {
        check(
                tier != Tier.DEVICE || !busy.contains(expert),
                "dropped while it computes: " + expert);
        (tier == Tier.DEVICE ? onDevice : pinned).remove(expert);
    }

    private void check(boolean condition, String violation) {
        if (!condition) {
            violations.add(violation);
        }
    }

    @Override
    public Layout layOut(String model, long weightBytes) {
        laidOut.add(model);
        WatchedOperations.Watcher watcher =
                new WatchedOperations.Watcher() {
                    @Override
                    public void begins() {
                        check(onDevice.contains(model), "computes while it is not there: " + model);
                        busy.add(model);
                        RuntimeException failure = nextPass.poll();
                        if (failure != null) {
                            if (DeviceFailure.isLost(failure)) {
                                lost = true;
                            }
                            throw failure;
                        }
                    }

                    @Override
                    public void settled() {
                        busy.remove(model);
                    }
                };
        FakeBackend backend =
                new FakeBackend(
                        processor, operations -> new WatchedOperations(operations, watcher));
        return new Laid(model, backend, weightBytes);
    }

    @Override
    public void close() {
        threads.close();
        processor.close();
    }

    /** Models take equal parts, whatever they need. */
    private final class Laid implements Layout {

        private final String model;
        private final Backend backend;
        private final long weightBytes;

        Laid(String model, Backend backend, long weightBytes) {
            this.model = model;
            this.backend = backend;
            this.weightBytes = weightBytes;
        }

        @Override
        public Backend backend() {
            return backend;
        }

        @Override
        public long weightBytes() {
            return weightBytes;
        }

        @Override
        public long deviceBytes() {
            return MODEL;
        }

        @Override
        public long pinnedBytes() {
            return MODEL;
        }

        @Override
        public void close() {
            check(lost || !onDevice.contains(model), "closed while it is on the device: " + model);
            laidOut.remove(model);
        }
    }
}
