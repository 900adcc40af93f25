package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.Pass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CudaModelAccelTest {

    private static final double FULL = 1e-3;
    private static final double SIXTEEN_BITS = 2e-2;

    /** Roundings add up over 32 layers of random weights. */
    private static final double SIXTEEN_BITS_OF_32_LAYERS = 6e-2;

    @TempDir private Path folder;

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    /** What a model answers to prompts and some further tokens: rows of numbers. */
    private record Answers(List<float[]> rows) {

        /** The largest distance of a row, as a share of its length; NaN where a number is missing. */
        double distance(Answers expected) {
            assertThat(rows).hasSameSizeAs(expected.rows);
            double worst = 0;
            for (int i = 0; i < rows.size(); i++) {
                worst = Math.max(worst, distance(rows.get(i), expected.rows.get(i)));
            }
            return worst;
        }

        private static double distance(float[] actual, float[] expected) {
            assertThat(actual).hasSameSizeAs(expected);
            double difference = 0;
            double length = 0;
            for (int i = 0; i < actual.length; i++) {
                difference += Math.pow((double) actual[i] - expected[i], 2);
                length += Math.pow(expected[i], 2);
            }
            return Math.sqrt(difference / length);
        }
    }

    private static Answers answers(DecoderModel model, int sequences, int prompt, int steps) {
        List<float[]> rows = new ArrayList<>();
        int blocks = sequences * KvCache.blocksFor(prompt + sequences + steps + 1);
        List<KvSequence> open = new ArrayList<>();
        try (KvCache cache = model.newCache(blocks)) {
            List<Batch.Part> parts = new ArrayList<>();
            for (int i = 0; i < sequences; i++) {
                KvSequence sequence = cache.open();
                sequence.reserve(prompt + i + steps);
                open.add(sequence);
                parts.add(new Batch.Part(sequence, tokens(prompt + i, i), Batch.Wanted.LAST));
            }
            rows.addAll(run(model, cache, parts));
            for (int step = 0; step < steps; step++) {
                List<Batch.Part> next = new ArrayList<>();
                for (int i = 0; i < sequences; i++) {
                    next.add(new Batch.Part(open.get(i), tokens(1, step), Batch.Wanted.LAST));
                }
                rows.addAll(run(model, cache, next));
            }
            open.forEach(KvSequence::close);
        }
        return new Answers(rows);
    }

    private static int[] tokens(int count, int seed) {
        int[] tokens = new int[count];
        Arrays.setAll(tokens, i -> (37 * i + 11 * seed + 5) % 500);
        return tokens;
    }

    /** Hidden states after the first layer and the last one, and logits. */
    private static List<float[]> run(DecoderModel model, KvCache cache, List<Batch.Part> parts) {
        List<float[]> rows = new ArrayList<>();
        try (Pass pass = model.begin(new Batch(parts), cache)) {
            pass.runTo(1);
            rows.add(pass.hidden().toArray());
            pass.runTo(model.config().layers());
            rows.add(pass.hidden().toArray());
            rows.add(
                    Arrays.copyOf(
                            pass.finish().values(), parts.size() * model.config().vocabulary()));
        }
        return rows;
    }

    private Answers on(Backend backend, RandomModel shape, int sequences, int prompt, int steps) {
        try (backend;
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, backend)) {
            return answers(model, sequences, prompt, steps);
        }
    }

    private Answers onProcessor(RandomModel shape, int sequences, int prompt, int steps) {
        CpuBackend cpu = new CpuBackend(Runtime.getRuntime().availableProcessors(), Long.MAX_VALUE);
        return on(cpu, shape, sequences, prompt, steps);
    }

    private Answers onDevice(
            Quantisation quantisation, RandomModel shape, int sequences, int prompt, int steps) {
        CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation);
        return on(cuda, shape, sequences, prompt, steps);
    }

    @ParameterizedTest
    @CsvSource({"8,4,64,1", "8,2,128,3", "6,1,128,9", "4,4,256,2", "20,2,96,3", "8,8,32,20"})
    void everyKindOfHeadAndBatchGivesWhatTheProcessorGives(
            int heads, int keyHeads, int size, int sequences) {
        RandomModel shape =
                new RandomModel("small", 512, 512, 1024, 3, heads, keyHeads, size, false);
        Answers expected = onProcessor(shape, sequences, 150, 5);
        Answers actual = onDevice(Quantisation.NONE, shape, sequences, 150, 5);
        assertThat(actual.distance(expected)).isLessThan(SIXTEEN_BITS);
    }

    /** Of these shapes all products fill a device. */
    @ParameterizedTest
    @CsvSource({"4096,14336,32,8,16", "4096,14336,32,8,9", "2048,8192,32,8,13"})
    void batchesOfWideModelsGiveWhatTheProcessorGives(
            int hidden, int intermediate, int heads, int keyHeads, int sequences) {
        RandomModel shape =
                new RandomModel(
                        "wide",
                        34_000,
                        hidden,
                        intermediate,
                        2,
                        heads,
                        keyHeads,
                        hidden / heads,
                        false);
        Answers expected = onProcessor(shape, sequences, 4, 3);
        Answers actual = onDevice(Quantisation.NONE, shape, sequences, 4, 3);
        assertThat(actual.distance(expected)).isLessThan(SIXTEEN_BITS);
    }

    @Test
    void theShapeOfLlama8BGivesWhatTheProcessorGives() {
        RandomModel shape = RandomModel.LLAMA_3_8B;
        Answers expected = onProcessor(shape, 1, 24, 3);
        Answers full = on(CudaBackend.open(Precision.FULL, Quantisation.NONE), shape, 1, 24, 3);
        assertThat(full.distance(expected)).isLessThan(FULL);
        Answers actual = onDevice(Quantisation.NONE, shape, 1, 24, 3);
        assertThat(actual.distance(expected)).isLessThan(SIXTEEN_BITS_OF_32_LAYERS);
    }

    @Test
    void theShapeOfLlama1BGivesWhatTheProcessorGives() {
        Answers expected = onProcessor(RandomModel.LLAMA_3_2_1B, 2, 80, 4);
        Answers actual = onDevice(Quantisation.NONE, RandomModel.LLAMA_3_2_1B, 2, 80, 4);
        assertThat(actual.distance(expected)).isLessThan(SIXTEEN_BITS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Quantisation.class,
            names = {"EIGHT_BIT", "FOUR_BIT"})
    void quantisedWeightsStayNearTheOriginal(Quantisation quantisation) {
        RandomModel shape = new RandomModel("small", 512, 512, 1024, 2, 8, 4, 64, false);
        Answers expected = onProcessor(shape, 3, 40, 3);
        Answers actual = onDevice(quantisation, shape, 3, 40, 3);
        double limit = quantisation == Quantisation.EIGHT_BIT ? 3e-2 : 0.3;
        assertThat(actual.distance(expected)).isLessThan(limit);
    }

    /** What the same step of some sequences gives, five times: launched, then recorded. */
    private static List<float[]> repeated(DecoderModel model, KvCache cache, int sequences) {
        List<KvSequence> open = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            KvSequence sequence = cache.open();
            sequence.reserve(60);
            model.forward(Batch.of(sequence, tokens(40 + i, i), Batch.Wanted.LAST), cache);
            open.add(sequence);
        }
        List<float[]> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Batch.Part> parts = new ArrayList<>();
            for (KvSequence sequence : open) {
                sequence.truncate(40 + parts.size());
                sequence.reserve(10);
                parts.add(new Batch.Part(sequence, tokens(1, 7), Batch.Wanted.LAST));
            }
            float[] values = model.forward(new Batch(parts), cache).values();
            answers.add(Arrays.copyOf(values, sequences * model.config().vocabulary()));
        }
        open.forEach(KvSequence::close);
        return answers;
    }

    @ParameterizedTest
    @CsvSource({"512,1024,8,2", "4096,14336,32,16", "2048,8192,32,11"})
    void aRecordedStepGivesExactlyWhatItGaveBeforeItWasRecorded(
            int hidden, int intermediate, int heads, int sequences) {
        RandomModel shape =
                new RandomModel(
                        "small",
                        512,
                        hidden,
                        intermediate,
                        3,
                        heads,
                        heads / 4,
                        hidden / heads,
                        true);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda);
                KvCache cache = model.newCache(16 * sequences)) {
            List<float[]> answers = repeated(model, cache, sequences);
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer).isEqualTo(answers.getFirst()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,8,2,64,512",
        "NONE,4,4,128,1536",
        "EIGHT_BIT,8,4,128,1152",
        "FOUR_BIT,16,2,64,1152",
        "FOUR_BIT,8,8,128,2048"
    })
    void aStepOfOneSequenceGivesAlwaysTheSameAsAProgramAndNearlyWhatItGaveBefore(
            Quantisation quantisation, int heads, int keyHeads, int size, int intermediate) {
        RandomModel shape =
                new RandomModel("small", 520, 512, intermediate, 3, heads, keyHeads, size, false);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda);
                KvCache cache = model.newCache(16)) {
            List<float[]> answers = repeated(model, cache, 1);
            Answers launched = new Answers(List.of(answers.get(0)));
            Answers program = new Answers(List.of(answers.get(1)));
            assertThat(program.distance(launched)).isLessThan(SIXTEEN_BITS);
            assertThat(answers.subList(1, 5))
                    .allSatisfy(answer -> assertThat(answer).isEqualTo(answers.get(1)));
        }
    }

    @Test
    @Timeout(120)
    void programsOfTwoModelsAtTheSameTimeDoNotWaitForEachOtherForever() throws Exception {
        RandomModel shape = new RandomModel("small", 5000, 1024, 2048, 4, 8, 2, 128, true);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel left = Models.load(checkpoint, cuda);
                DecoderModel right = Models.load(checkpoint, cuda);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<float[]>> answers = new ArrayList<>();
            for (DecoderModel model : List.of(left, right)) {
                answers.add(threads.submit(() -> manySteps(model)));
            }
            assertThat(answers.get(0).get()).isEqualTo(answers.get(1).get());
        }
    }

    private static float[] manySteps(DecoderModel model) {
        try (KvCache cache = model.newCache(64)) {
            float[] last = new float[0];
            for (int i = 0; i < 200; i++) {
                last = repeated(model, cache, 1).getLast();
            }
            return last;
        }
    }

    @Test
    void theMostProbableTokenIsTheSameOnTheDeviceAsOnTheHost() {
        RandomModel shape = new RandomModel("small", 5000, 256, 512, 2, 4, 2, 64, true);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda);
                KvCache cache = model.newCache(16);
                KvSequence sequence = cache.open()) {
            sequence.reserve(64);
            for (int i = 0; i < 10; i++) {
                Batch batch = Batch.of(sequence, tokens(1 + i % 3, i), Batch.Wanted.LAST);
                int expected = model.forward(batch, cache).argmax(0);
                sequence.truncate(sequence.length() - (1 + i % 3));
                sequence.reserve(20);
                try (Pass pass = model.begin(batch, cache)) {
                    pass.runTo(2);
                    assertThat(pass.finishGreedily()).containsExactly(expected);
                }
            }
        }
    }

    @Test
    void hiddenStatesThatAreWrittenBackUnchangedChangeNothing() {
        RandomModel shape = new RandomModel("small", 512, 512, 1024, 3, 8, 2, 64, true);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda);
                KvCache cache = model.newCache(16);
                KvSequence sequence = cache.open()) {
            sequence.reserve(30);
            Batch batch = Batch.of(sequence, tokens(9, 2), Batch.Wanted.LAST);
            float[] expected = Arrays.copyOf(model.forward(batch, cache).values(), 512);
            sequence.truncate(0);
            sequence.reserve(30);
            try (Pass pass = model.begin(batch, cache)) {
                for (int layer = 1; layer <= 3; layer++) {
                    float[] states = pass.hidden().toArray();
                    pass.hidden().set(states);
                    pass.runTo(layer);
                }
                assertThat(Arrays.copyOf(pass.finish().values(), 512)).isEqualTo(expected);
            }
        }
    }
}
