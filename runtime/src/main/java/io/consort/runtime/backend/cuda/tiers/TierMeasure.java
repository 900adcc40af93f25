package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.tiers.Mover.Load;
import io.consort.runtime.tiers.Mover.Progress;
import io.consort.runtime.tiers.Tier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

/** Moves a made-up expert between the tiers of this machine, and measures how long that takes. */
public final class TierMeasure implements AutoCloseable {

    private static final int LAYERS = 32;
    private static final int ROUNDS = 5;
    private static final int BLOCK = 1 << 24;
    private static final String EXPERT = "made-up";

    private final Context context;
    private final DeviceTiers tiers;
    private final WeightImage image;
    private final Stream compute;
    private final DeviceMemory scratch;

    private record Timed(double firstLayer, double all) {}

    private TierMeasure(Context context, Path file, long bytes) throws IOException {
        this.context = context;
        this.image = makeUp(file, bytes);
        this.tiers = new DeviceTiers(context, room(bytes));
        tiers.register(EXPERT, image);
        this.compute = Stream.create(context, Stream.Priority.HIGH);
        this.scratch = DeviceMemory.allocate(context, bytes / LAYERS);
    }

    private static DeviceTiers.Room room(long bytes) {
        long whole = Math.ceilDiv(bytes, 32L << 20) * (32L << 20);
        return DeviceTiers.Room.of(whole, whole);
    }

    /**
     * Measures everything on the first device.
     *
     * @param folder for a file of that many bytes, which is deleted again
     */
    public static TierFigures run(Path folder, long bytes) throws IOException {
        Path file = Files.createTempFile(folder, "expert", ".weights");
        try (Context context = Context.open(Device.all().getFirst())) {
            double[] link = link(context);
            try (TierMeasure measure = new TierMeasure(context, file, bytes)) {
                return measure.figures(link);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static double[] link(Context context) {
        try (LinkMeasure link = new LinkMeasure(context)) {
            return new double[] {link.toDevice(), link.toHost(), link.onDevice()};
        }
    }

    private TierFigures figures(double[] link) {
        long bytes = image.bytes();
        List<Timed> fromFile = new ArrayList<>();
        for (int i = 0; i <= ROUNDS / 2; i++) {
            fromFile.add(promote(new Load(EXPERT, Tier.DEVICE, false), false));
            tiers.drop(EXPERT, Tier.DEVICE);
        }
        pin();
        tiers.drop(EXPERT, Tier.PINNED);
        double pinned = pin();
        List<Timed> fromPinned = new ArrayList<>();
        List<Timed> overlapped = new ArrayList<>();
        double[] unmapped = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            fromPinned.add(promote(new Load(EXPERT, Tier.DEVICE, true), false));
            tiers.drop(EXPERT, Tier.DEVICE);
            overlapped.add(promote(new Load(EXPERT, Tier.DEVICE, true), true));
            long begin = System.nanoTime();
            tiers.drop(EXPERT, Tier.DEVICE);
            unmapped[i] = (System.nanoTime() - begin) / 1e9;
        }
        Timed file = median(fromFile);
        Timed promotion = median(fromPinned);
        double bare = bytes / (link[0] * 1e9);
        return new TierFigures(
                bytes,
                link[0],
                link[1],
                link[2],
                bytes / promotion.all() / 1e9,
                promotion.firstLayer(),
                median(overlapped).all() / bare,
                bytes / file.all() / 1e9,
                file.firstLayer(),
                bytes / pinned / 1e9,
                mapSeconds(),
                median(unmapped));
    }

    /**
     * Brings the expert to the device.
     *
     * @param use whether another stream reads every layer as it arrives; the time ends with its last
     *     layer
     */
    private Timed promote(Load load, boolean use) {
        long begin = System.nanoTime();
        CompletableFuture<Arrival> usable = new CompletableFuture<>();
        CompletableFuture<Long> loaded = start(load, usable);
        Arrival arrival = usable.join();
        arrival.awaitLayer(0, compute);
        compute.synchronize();
        double first = (System.nanoTime() - begin) / 1e9;
        if (use) {
            long at = 0;
            for (int layer = 0; layer < LAYERS; layer++) {
                arrival.awaitLayer(layer, compute);
                long end = image.layerEnds().get(layer);
                compute.copy(scratch.address(), tiers.address(EXPERT) + at, end - at);
                at = end;
            }
            compute.synchronize();
            double all = (System.nanoTime() - begin) / 1e9;
            loaded.join();
            return new Timed(first, all);
        }
        return new Timed(first, (loaded.join() - begin) / 1e9);
    }

    private double pin() {
        long begin = System.nanoTime();
        CompletableFuture<Long> loaded =
                start(new Load(EXPERT, Tier.PINNED, false), new CompletableFuture<>());
        return (loaded.join() - begin) / 1e9;
    }

    /** Mapped and unmapped once more without a copy. */
    private double mapSeconds() {
        double[] seconds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            tiers.map(EXPERT);
            seconds[i] = (System.nanoTime() - begin) / 1e9;
            tiers.drop(EXPERT, Tier.DEVICE);
        }
        return median(seconds);
    }

    private CompletableFuture<Long> start(Load load, CompletableFuture<Arrival> usable) {
        CompletableFuture<Long> loaded = new CompletableFuture<>();
        tiers.load(
                load,
                new Progress() {
                    @Override
                    public void usable() {
                        usable.complete(tiers.arrival(EXPERT).orElseThrow());
                    }

                    @Override
                    public void loaded() {
                        loaded.complete(System.nanoTime());
                    }

                    @Override
                    public void failed(RuntimeException cause) {
                        usable.completeExceptionally(cause);
                        loaded.completeExceptionally(cause);
                    }

                    @Override
                    public void lost(RuntimeException cause) {
                        failed(cause);
                    }
                });
        return loaded;
    }

    /** Fills a file with random weights, in 32 layers. */
    static WeightImage makeUp(Path file, long bytes) throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        byte[] block = new byte[BLOCK];
        random.nextBytes(block);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= BLOCK) {
                ByteBuffer buffer = ByteBuffer.wrap(block, 0, (int) Math.min(left, BLOCK));
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        }
        return WeightImage.of(
                file,
                0,
                LongStream.rangeClosed(1, LAYERS).map(i -> bytes / LAYERS * i).boxed().toList());
    }

    private static Timed median(List<Timed> all) {
        return new Timed(
                median(all.stream().mapToDouble(Timed::firstLayer).toArray()),
                median(all.stream().mapToDouble(Timed::all).toArray()));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        context.synchronize();
        scratch.close();
        compute.close();
        tiers.close();
    }
}
