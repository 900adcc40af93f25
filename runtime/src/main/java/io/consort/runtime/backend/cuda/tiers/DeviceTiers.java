package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Mover;
import io.consort.runtime.tiers.Tier;
import io.consort.runtime.tiers.TierException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Moves weights of experts to a CUDA device and away from it. Owns the device memory, the pinned
 * memory and the addresses of all experts; the context is the caller's. Thread-safe.
 */
public final class DeviceTiers implements Mover, AutoCloseable {

    private final Context context;
    private final Room room;
    private final PagePool pages;
    private final ChunkPool chunks;
    private final FileReads reads;
    private final FileReads pins;
    private final Stream copies;
    private final Map<String, DeviceExpert> experts = new ConcurrentHashMap<>();
    private final AtomicInteger promotions = new AtomicInteger();
    private final ExecutorService toDevice = thread("tiers-to-device");
    private final ExecutorService toPinned = thread("tiers-to-pinned");

    /**
     * How much memory there is, and in which pieces.
     *
     * @param deviceBytes for weights, a multiple of {@code pageBytes}
     * @param pinnedBytes for weights, besides a few chunks for weights that pass through
     * @param pageBytes of device memory, a multiple of the device's granularity
     * @param chunkBytes of pinned memory
     * @param readers threads that read files on the way to the device; half as many make pinned
     *     copies
     */
    public record Room(
            long deviceBytes, long pinnedBytes, long pageBytes, long chunkBytes, int readers) {

        /** Pages of 32 MiB, chunks of 16 MiB, eight readers. */
        public static Room of(long deviceBytes, long pinnedBytes) {
            return new Room(deviceBytes, pinnedBytes, 32L << 20, 16L << 20, 8);
        }
    }

    /** No memory is taken before it is needed. */
    public DeviceTiers(Context context, Room room) {
        this.context = context;
        this.room = room;
        this.pages = new PagePool(context, room.pageBytes(), room.deviceBytes() / room.pageBytes());
        this.reads = new FileReads("weights-reader-", room.readers());
        this.pins = new FileReads("weights-pinner-", Math.max(1, room.readers() / 2));
        this.chunks =
                new ChunkPool(
                        context,
                        room.chunkBytes(),
                        Math.ceilDiv(room.pinnedBytes(), room.chunkBytes()) + reads.window());
        this.copies = Stream.create(context, Stream.Priority.HIGH);
    }

    /**
     * Reserves an expert's addresses.
     *
     * @return bytes that it takes on the device and in pinned memory: what {@code Tiers.register} is
     *     told
     */
    public long register(String expert, WeightImage image) {
        reserve(expert, image.bytes());
        return complete(expert, image).deviceBytes();
    }

    /**
     * Reserves addresses for weights that are not laid out yet.
     *
     * @param most bytes that they may take; addresses cost nothing
     * @return the first address
     */
    public long reserve(String expert, long most) {
        DeviceExpert reserved = new DeviceExpert(context, pages, most);
        if (experts.putIfAbsent(expert, reserved) != null) {
            reserved.close();
            throw new IllegalArgumentException("the expert \"%s\" is registered".formatted(expert));
        }
        return reserved.address();
    }

    /** What an expert takes on the tiers: what {@code Tiers.register} is told. */
    public record Footprint(long deviceBytes, long pinnedBytes) {}

    /** Says what weights there are at addresses that were reserved. */
    public Footprint complete(String expert, WeightImage image) {
        find(expert).complete(image, Optional.empty());
        return footprint(image, 0);
    }

    /** An expert's memory beside its weights. */
    public record Beside(long address, Footprint footprint) {}

    /**
     * Says what weights there are at addresses that were reserved, and reserves others for memory that
     * comes, filled with zeros, and goes together with them.
     *
     * @param bytes of that memory
     */
    public Beside complete(String expert, WeightImage image, long bytes) {
        MappedRange room = new MappedRange(context, pages, bytes);
        find(expert).complete(image, Optional.of(room));
        return new Beside(room.address(), footprint(image, room.bytes()));
    }

    private Footprint footprint(WeightImage image, long beside) {
        long unit = Math.max(room.pageBytes(), room.chunkBytes());
        long whole = Math.ceilDiv(image.bytes(), unit) * unit;
        return new Footprint(whole + beside, whole);
    }

    /** Gives an expert's addresses back; it is on no tier any more. */
    public void unregister(String expert) {
        DeviceExpert gone = experts.remove(expert);
        if (gone != null) {
            context.makeCurrent();
            gone.close();
        }
    }

    /** Bytes of device memory that all experts share. */
    public Room room() {
        return room;
    }

    /**
     * Where an expert's weights lie, or will lie, on the device: the same for life. There is memory behind a
     * layer's addresses once its arrival has been waited for; a graph that uses all layers is
     * captured and launched after the last one.
     */
    public long address(String expert) {
        return find(expert).address();
    }

    /** How an expert that is leased arrives; empty once there is nothing on the device. */
    public Optional<Arrival> arrival(String expert) {
        return find(expert).arrival();
    }

    /** Puts memory behind an expert's addresses and copies nothing; for measuring. */
    void map(String expert) {
        context.makeCurrent();
        find(expert).map(Long.MAX_VALUE);
    }

    /** Loads to the device so far. */
    public int promotions() {
        return promotions.get();
    }

    @Override
    public void load(Load load, Progress progress) {
        if (load.to() == Tier.DEVICE) {
            promotions.incrementAndGet();
        }
        (load.to() == Tier.DEVICE ? toDevice : toPinned).execute(() -> carry(load, progress));
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever fails is this load's failure.
    private void carry(Load load, Progress progress) {
        DeviceExpert expert = find(load.expert());
        try {
            context.makeCurrent();
            if (load.to() == Tier.PINNED) {
                new Promotion(expert, chunks, pins, copies).toPinned();
            } else {
                new Promotion(expert, chunks, reads, copies)
                        .toDevice(context, load, progress::usable);
            }
        } catch (RuntimeException failure) {
            TierException told = TierException.promotionFailed(load.expert(), failure);
            expert.arrival().ifPresent(arrival -> arrival.fail(told));
            if (failure instanceof CudaException cuda && cuda.isDeviceLost()) {
                progress.lost(failure);
            } else {
                progress.failed(failure);
            }
            return;
        }
        progress.loaded();
    }

    /** Forgets weights. Whoever used them has waited for its work's end before it closed its lease. */
    @Override
    public void drop(String expert, Tier tier) {
        DeviceExpert known = find(expert);
        context.makeCurrent();
        if (tier == Tier.DEVICE) {
            known.unmap();
        } else {
            known.pinned().forEach(chunks::giveBack);
            known.pinned(List.of());
        }
    }

    private DeviceExpert find(String expert) {
        DeviceExpert known = experts.get(expert);
        if (known == null) {
            throw new IllegalArgumentException("no expert \"%s\" is registered".formatted(expert));
        }
        return known;
    }

    /** Frees everything; loads that are under way come to their end first. */
    @Override
    public void close() {
        toDevice.close();
        toPinned.close();
        context.makeCurrent();
        copies.synchronize();
        experts.values().forEach(DeviceExpert::close);
        pages.close();
        chunks.close();
        reads.close();
        pins.close();
        copies.close();
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
    }
}
