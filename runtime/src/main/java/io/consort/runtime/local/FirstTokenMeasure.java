package io.consort.runtime.local;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.cuda.tiers.LinkMeasure;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import io.consort.runtime.tiers.TierSettings;
import io.consort.runtime.tiers.TierSettings.Eviction;
import io.consort.runtime.tiers.TierSettings.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Measures how long the first token of an expert takes whose weights are in host memory, and who
 * drives another one from the device: two models of the shape of Llama 3 8B take turns on a device
 * that has room for one.
 */
public final class FirstTokenMeasure {

    private static final int ROUNDS = 5;
    private static final int BLOCKS = 64;
    private static final int PROMPT = 16;

    private FirstTokenMeasure() {}

    /**
     * What was measured.
     *
     * @param bytes of weights
     * @param bareSeconds for as many bytes from pinned memory, in bare copies of the same run
     * @param mappedSeconds to the first token from the mapped file, which was in memory
     * @param pinnedSeconds to the first token from pinned memory, the other model's leaving included
     * @param residentSeconds to the first token of a model that is on the device
     */
    public record Figures(
            long bytes,
            double bareSeconds,
            double mappedSeconds,
            double pinnedSeconds,
            double residentSeconds) {}

    /** A model in an engine. */
    private record Running(
            Engine engine,
            Checkpoint checkpoint,
            DecoderModel decoder,
            EngineModel model,
            Berth berth) {

        static Running of(Engine engine, Hosting hosting, Checkpoint checkpoint) {
            Berth berth = hosting.berth(checkpoint.path(), checkpoint.weights().bytes());
            DecoderModel decoder = Models.load(checkpoint, berth.backend());
            EngineModel model = engine.add(decoder, BLOCKS, berth.residence());
            berth.admit();
            return new Running(engine, checkpoint, decoder, model, berth);
        }

        /** Seconds from the question to the first token; comes back when the answer has ended. */
        double ask() {
            int[] prompt = new int[PROMPT];
            Arrays.setAll(prompt, i -> 3 * i + 1);
            FirstToken first = new FirstToken();
            long begin = System.nanoTime();
            engine.submit(
                    model,
                    new Generation(
                            prompt,
                            1,
                            Set.of(),
                            new Sampler.Greedy(),
                            OptionalInt.empty(),
                            OptionalLong.empty()),
                    first);
            return (first.at.join() - begin) / 1e9;
        }

        void close() {
            model.close();
            berth.leave();
            decoder.close();
            berth.close();
            checkpoint.close();
        }
    }

    /** Hears when the first token comes. */
    private static final class FirstToken implements TokenSink {

        private final CompletableFuture<Long> at = new CompletableFuture<>();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void began(int cached) {}

        @Override
        public boolean token(TokenChoice choice) {
            at.complete(System.nanoTime());
            return true;
        }

        @Override
        public void end(FinishReason reason) {}

        @Override
        public void failed(EngineException failure) {
            at.completeExceptionally(failure);
        }
    }

    /**
     * Measures on the first device.
     *
     * @param folder receives a config.json
     */
    public static Figures run(Path folder) {
        RandomModel shape = RandomModel.LLAMA_3_8B;
        long room = 18L << 30;
        TierSettings settings =
                new TierSettings(
                        room,
                        2 * room,
                        CudaDevice.SPEEDS,
                        Order.ARRIVAL,
                        Eviction.PRICED,
                        Duration.ofSeconds(2));
        CudaDevice device = CudaDevice.open(settings);
        Hosting hosting = new TieredHosting(device);
        try (Engine engine = Engine.start("first-token", Cuda.SETTINGS.withoutReuse())) {
            Running one = Running.of(engine, hosting, shape.make(folder, 1));
            Running two = Running.of(engine, hosting, shape.make(folder, 2));
            double toDevice;
            try (LinkMeasure link = new LinkMeasure(device.context())) {
                toDevice = link.toDevice() * 1e9;
            }
            long bytes = one.checkpoint().weights().bytes();
            one.ask();
            double mapped = two.ask();
            one.ask();
            double[] pinned = new double[ROUNDS];
            double[] resident = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                Running next = i % 2 == 0 ? two : one;
                pinned[i] = next.ask();
                resident[i] = next.ask();
            }
            one.close();
            two.close();
            return new Figures(bytes, bytes / toDevice, mapped, median(pinned), median(resident));
        } finally {
            hosting.close();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
