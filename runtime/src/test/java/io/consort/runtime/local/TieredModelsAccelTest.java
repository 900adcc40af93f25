package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.cuda.Accelerator;
import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Quantisation;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineException;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.engine.Generation;
import io.consort.runtime.engine.Sampler;
import io.consort.runtime.engine.TokenChoice;
import io.consort.runtime.engine.TokenSink;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of random weights that share a device which does not hold them all. */
@Timeout(240)
class TieredModelsAccelTest {

    private static final RandomModel SHAPE =
            new RandomModel("small", 2048, 512, 1024, 4, 8, 2, 64, false);
    private static final long PAGE = 32L << 20;
    private static final int BLOCKS = 64;
    private static final int TOKENS = 24;

    /** One sequence at a time, so that answers do not depend on who else is asked. */
    private static final EngineSettings ALONE = new EngineSettings(1, 64, 500).withoutReuse();

    @TempDir private Path folder;

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    /** Collects an answer. */
    private static final class Sink implements TokenSink {

        private final List<Integer> tokens = new ArrayList<>();
        private final CompletableFuture<List<Integer>> answer = new CompletableFuture<>();

        @Override
        public boolean ready() {
            return true;
        }

        @Override
        public void began(int cached) {}

        @Override
        public boolean token(TokenChoice choice) {
            tokens.add(choice.token());
            return true;
        }

        @Override
        public void end(FinishReason reason) {
            answer.complete(tokens);
        }

        @Override
        public void failed(EngineException failure) {
            answer.completeExceptionally(failure);
        }
    }

    /** A model in an engine, and what it is made of. */
    private record Running(
            Engine engine,
            Checkpoint checkpoint,
            DecoderModel decoder,
            EngineModel model,
            Berth berth)
            implements AutoCloseable {

        static Running of(Engine engine, Hosting hosting, Checkpoint checkpoint) {
            Berth berth = hosting.berth(checkpoint.path(), checkpoint.weights().bytes());
            DecoderModel decoder = Models.load(checkpoint, berth.backend());
            EngineModel model = engine.add(decoder, BLOCKS, berth.residence());
            berth.admit();
            return new Running(engine, checkpoint, decoder, model, berth);
        }

        CompletableFuture<List<Integer>> ask(int question) {
            int[] prompt = new int[5 + question];
            Arrays.setAll(prompt, i -> (31 * i + 7 * question) % 2048);
            Sink sink = new Sink();
            engine.submit(
                    model,
                    new Generation(
                            prompt,
                            TOKENS,
                            Set.of(),
                            new Sampler.Greedy(),
                            OptionalInt.empty(),
                            OptionalLong.empty()),
                    sink);
            return sink.answer.orTimeout(120, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            model.close();
            berth.leave();
            decoder.close();
            berth.close();
            checkpoint.close();
        }
    }

    private List<List<Integer>> alone(long seed, int questions) {
        Backend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
        Hosting hosting = new PermanentHosting(backend, MemoryRoom.ofMachine());
        try (Engine engine = Engine.start("alone", ALONE);
                Running running = Running.of(engine, hosting, SHAPE.make(folder, seed))) {
            List<List<Integer>> answers = new ArrayList<>();
            for (int question = 0; question < questions; question++) {
                answers.add(running.ask(question).join());
            }
            return answers;
        } finally {
            hosting.close();
        }
    }

    private static Reason reason(CompletableFuture<List<Integer>> answer) {
        try {
            answer.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof EngineException cause) {
                return cause.reason();
            }
            throw failed;
        }
        throw new AssertionError("it did not fail");
    }

    @Test
    void aPoolOfMoreModelsThanFitAnswersWhatEachAnswersAlone() {
        int models = 9;
        int questions = 4;
        List<List<List<Integer>>> expected = new ArrayList<>();
        for (int i = 0; i < models; i++) {
            expected.add(alone(i + 1, questions));
        }
        assertThat(new HashSet<>(expected)).hasSize(models);
        CudaDevice device = CudaDevice.open(8 * PAGE, 12 * PAGE);
        Hosting hosting = new TieredHosting(device);
        try (Engine engine = Engine.start("pool", ALONE)) {
            List<Running> pool = new ArrayList<>();
            for (int i = 0; i < models; i++) {
                pool.add(Running.of(engine, hosting, SHAPE.make(folder, i + 1)));
            }
            Random random = new Random(1);
            for (int round = 0; round < 3; round++) {
                List<int[]> asked = new ArrayList<>();
                List<CompletableFuture<List<Integer>>> answers = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    int[] one = {random.nextInt(models), random.nextInt(questions)};
                    asked.add(one);
                    answers.add(pool.get(one[0]).ask(one[1]));
                }
                for (int i = 0; i < asked.size(); i++) {
                    assertThat(answers.get(i).join())
                            .as("model %d, question %d", asked.get(i)[0], asked.get(i)[1])
                            .isEqualTo(expected.get(asked.get(i)[0]).get(asked.get(i)[1]));
                }
            }
            assertThat(device.promotions()).isGreaterThan(2 * models);
            pool.forEach(Running::close);
        } finally {
            hosting.close();
        }
    }

    @Test
    void aPromotionThatFailsIsToldAndHarmsNobodyElse() {
        Hosting hosting = new TieredHosting(CudaDevice.open(8 * PAGE, 12 * PAGE));
        try (Engine engine = Engine.start("pool", ALONE);
                Running fine = Running.of(engine, hosting, SHAPE.make(folder, 1))) {
            Running broken = Running.of(engine, hosting, SHAPE.make(folder, 2));
            List<Integer> answer = fine.ask(0).join();
            broken.checkpoint().close();
            assertThat(reason(broken.ask(0))).isEqualTo(Reason.NO_WEIGHTS);
            assertThat(fine.ask(0).join()).isEqualTo(answer);
            broken.model().close();
            broken.berth().leave();
            broken.decoder().close();
            broken.berth().close();
        } finally {
            hosting.close();
        }
    }

    @Test
    void aFullDeviceIsToldAndTheModelAnswersOnceThereIsMemory() {
        CudaDevice device = CudaDevice.open(8 * PAGE, 12 * PAGE);
        Hosting hosting = new TieredHosting(device);
        try (Engine engine = Engine.start("pool", ALONE);
                Running running = Running.of(engine, hosting, SHAPE.make(folder, 1))) {
            List<DeviceMemory> taken = fill(device.context());
            assertThat(reason(running.ask(0))).isEqualTo(Reason.NO_WEIGHTS);
            taken.forEach(DeviceMemory::close);
            assertThat(running.ask(0).join()).hasSize(TOKENS);
        } finally {
            hosting.close();
        }
    }

    /** Takes all memory of the device but less than a page. */
    private static List<DeviceMemory> fill(Context context) {
        List<DeviceMemory> taken = new ArrayList<>();
        for (long size = 8L << 30; size >= 1 << 20; size /= 2) {
            while (context.freeBytes() > size + (4 << 20)) {
                try {
                    taken.add(DeviceMemory.allocate(context, size));
                } catch (RuntimeException full) {
                    break;
                }
            }
        }
        return taken;
    }
}
