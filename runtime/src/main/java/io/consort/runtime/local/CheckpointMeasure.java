package io.consort.runtime.local;

import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.backend.cuda.tiers.Arrival;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.bench.ShardWriter;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.tiers.TierSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how a sharded checkpoint of the shape of Llama 3 8B comes from its files to the device, and
 * what making its pinned copy costs those who use it meanwhile. The files have just been written, so
 * they are in the page cache as far as memory reaches.
 */
public final class CheckpointMeasure {

    private static final long SHARD = 5_000_000_000L;
    private static final long ROOM = 24L << 30;
    private static final int ANSWER = 400;
    private static final int ROUNDS = 3;
    private static final long LOOK_AGAIN_NANOS = 100_000;

    private CheckpointMeasure() {}

    /**
     * One arrival, in seconds from the question.
     *
     * @param firstPart until the embeddings and the first layer could be computed with
     * @param lastPart until the last weights had arrived
     * @param firstToken until the first token
     * @param beside the steps of an answer while the pinned copy was made
     * @param after the steps of another one afterwards
     * @param pinned until the pinned copy was there
     */
    public record Round(
            double firstPart,
            double lastPart,
            double firstToken,
            Steps beside,
            Steps after,
            double pinned) {}

    /** Seconds of an answer's steps. */
    public record Steps(double median, double longest) {

        static Steps of(List<Double> times) {
            List<Double> gaps = new ArrayList<>();
            for (int i = 1; i < times.size(); i++) {
                gaps.add(times.get(i) - times.get(i - 1));
            }
            gaps.sort(Double::compare);
            return new Steps(gaps.get(gaps.size() / 2), gaps.getLast());
        }
    }

    /** What was measured: every round opens the checkpoint anew. */
    public record Figures(long bytes, double writeSeconds, List<Round> rounds) {}

    /**
     * Measures on the first device.
     *
     * @param folder receives the checkpoint's files, which are the caller's to delete
     */
    public static Figures run(Path folder) throws IOException {
        long begin = System.nanoTime();
        long bytes;
        try (Checkpoint made = RandomModel.LLAMA_3_8B.make(folder)) {
            ShardWriter.write(made.weights().all(), folder, SHARD);
            bytes = made.weights().bytes();
        }
        double written = (System.nanoTime() - begin) / 1e9;
        TierSettings settings = TierSettings.of(ROOM, ROOM, CudaDevice.SPEEDS);
        CudaDevice device = CudaDevice.open(settings);
        TieredHosting hosting = new TieredHosting(device);
        List<Round> rounds = new ArrayList<>();
        try (Engine engine = Engine.start("checkpoint", Cuda.SETTINGS.withoutReuse())) {
            for (int i = 0; i < ROUNDS; i++) {
                rounds.add(round(engine, device, hosting, folder));
            }
        } finally {
            hosting.close();
        }
        return new Figures(bytes, written, rounds);
    }

    private static Round round(
            Engine engine, CudaDevice device, TieredHosting hosting, Path folder) {
        MeasuredModel model = MeasuredModel.of(engine, hosting, Checkpoint.open(folder));
        long begin = System.nanoTime();
        double[] parts = new double[2];
        CompletableFuture<Void> watching =
                CompletableFuture.runAsync(() -> watch(device, model, begin, parts));
        double first = model.ask();
        watching.join();
        Steps beside = Steps.of(model.ask(ANSWER));
        model.awaitPinned();
        double pinned = (System.nanoTime() - begin) / 1e9;
        Steps after = Steps.of(model.ask(ANSWER));
        model.close();
        return new Round(parts[0], parts[1], first, beside, after, pinned);
    }

    /** Says when the first part and the last one are on the device. */
    private static void watch(CudaDevice device, MeasuredModel model, long begin, double[] parts) {
        device.context().makeCurrent();
        try (Stream stream = Stream.create(device.context(), Stream.Priority.HIGH)) {
            var arrival = device.arrival(model.berth().residence());
            while (arrival.isEmpty()) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
                arrival = device.arrival(model.berth().residence());
            }
            Arrival found = arrival.get();
            found.awaitLayer(1, stream);
            stream.synchronize();
            parts[0] = (System.nanoTime() - begin) / 1e9;
            found.awaitLayer(found.layers() - 1, stream);
            stream.synchronize();
            parts[1] = (System.nanoTime() - begin) / 1e9;
        }
    }
}
