package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import io.consort.runtime.engine.Candidates;
import io.consort.runtime.model.Logits;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Draws from made-up logits, beside those of the host. */
@Timeout(120)
class DrawsAccelTest {

    private static final double[] SHARES = {0, 0.01, 0.3, 0.5, 0.9, 0.95, 0.999, 1, 1};

    private final Candidates candidates = new Candidates();

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 31, 999, 5_000, 128_256, 262_144})
    void theDeviceDrawsWhatTheHostDraws(int vocabulary) {
        Random random = new Random(vocabulary);
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE)) {
            for (int round = 0; round < 8; round++) {
                int rows = 1 + random.nextInt(40);
                float[] values = new float[rows * vocabulary];
                List<Choice> choices = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    fill(values, row * vocabulary, vocabulary, random);
                    choices.add(choice(random, vocabulary));
                }
                Chosen chosen = choose(cuda, vocabulary, values, choices);
                Logits logits = new Logits(values, rows, vocabulary);
                for (int row = 0; row < rows; row++) {
                    Choice choice = choices.get(row);
                    int token = chosen.tokens()[row];
                    assertThat(token).as("%s", choice).isEqualTo(onHost(logits, row, choice));
                    if (choice.likelihood()) {
                        assertThat(chosen.logprobs()[row])
                                .isCloseTo(TestDecoder.logprob(logits, row, token), within(1e-5));
                    }
                }
            }
        }
    }

    @Test
    void drawsFollowTheProbabilities() {
        int vocabulary = 300;
        int rows = 1000;
        float[] values = new float[rows * vocabulary];
        Random random = new Random(8);
        for (int token = 0; token < vocabulary; token++) {
            values[token] = (float) (3 * random.nextGaussian());
        }
        for (int row = 1; row < rows; row++) {
            System.arraycopy(values, 0, values, row * vocabulary, vocabulary);
        }
        int[] counts = new int[vocabulary];
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE)) {
            Optional<Draw> draw = Optional.of(new Draw(3, Draw.ALL, 1, 5));
            for (int round = 0; round < 20; round++) {
                List<Choice> choices = new ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    choices.add(new Choice(draw, round * rows + row, false));
                }
                for (int token : choose(cuda, vocabulary, values, choices).tokens()) {
                    counts[token]++;
                }
            }
        }
        double total = 0;
        for (int token = 0; token < vocabulary; token++) {
            total += Math.exp(values[token] / 3);
        }
        double chiSquare = 0;
        for (int token = 0; token < vocabulary; token++) {
            double expected = 20 * rows * Math.exp(values[token] / 3) / total;
            chiSquare += Math.pow(counts[token] - expected, 2) / expected;
        }
        assertThat(chiSquare).isBetween(299 - 5 * Math.sqrt(598), 299 + 5 * Math.sqrt(598));
    }

    @Test
    void rowsOfNoNumbersGiveNoTokenAndOthersTheirs() {
        int vocabulary = 5_000;
        float[] values = new float[6 * vocabulary];
        for (int row = 0; row < 6; row++) {
            fill(values, row * vocabulary, vocabulary, new Random(row));
        }
        values[vocabulary + 4_999] = Float.NaN;
        values[2 * vocabulary + 77] = Float.POSITIVE_INFINITY;
        Arrays.fill(values, 3 * vocabulary, 4 * vocabulary, Float.NEGATIVE_INFINITY);
        values[4 * vocabulary] = Float.NaN;
        Logits logits = new Logits(values, 6, vocabulary);
        Optional<Draw> drawn = Optional.of(new Draw(0.8, 50, 0.9, 3));
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, Quantisation.NONE)) {
            for (Optional<Draw> draw : List.of(drawn, Optional.<Draw>empty())) {
                Choice choice = new Choice(draw, 2, true);
                int[] tokens =
                        choose(cuda, vocabulary, values, Collections.nCopies(6, choice)).tokens();
                assertThat(tokens)
                        .containsExactly(
                                onHost(logits, 0, choice),
                                Logits.NO_TOKEN,
                                Logits.NO_TOKEN,
                                Logits.NO_TOKEN,
                                Logits.NO_TOKEN,
                                onHost(logits, 5, choice));
            }
        }
    }

    private int onHost(Logits logits, int row, Choice choice) {
        candidates.load(logits, row);
        return choice.draw()
                .map(draw -> candidates.draw(draw, choice.position()))
                .orElseGet(candidates::mostProbable);
    }

    /** Logits of some spread, some of them equal and some impossible. */
    private static void fill(float[] values, int offset, int count, Random random) {
        double spread = random.nextInt(5) == 0 ? 0 : Math.pow(2, random.nextInt(6) - 2);
        boolean steps = random.nextInt(3) == 0;
        for (int i = offset; i < offset + count; i++) {
            float value = (float) (random.nextGaussian() * spread);
            values[i] = steps ? Math.round(4 * value) / 4f : value;
            if (i > offset && random.nextInt(50) == 0 && count > 1000) {
                values[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private static Choice choice(Random random, int vocabulary) {
        int[] tops = {Draw.ALL, Draw.ALL, 1, 2, 40, 1 + random.nextInt(vocabulary)};
        Draw draw =
                new Draw(
                        Math.pow(2, random.nextInt(7) - 4),
                        tops[random.nextInt(tops.length)],
                        SHARES[random.nextInt(SHARES.length)],
                        random.nextLong());
        return new Choice(
                random.nextInt(6) == 0 ? Optional.empty() : Optional.of(draw),
                random.nextInt(10_000),
                random.nextBoolean());
    }

    /** Rows come to the device as embeddings that are written over. */
    private static Chosen choose(
            CudaBackend cuda, int vocabulary, float[] values, List<Choice> choices) {
        try (Arena arena = Arena.ofConfined();
                Operations operations = cuda.operations();
                KvStore store = cuda.store(1, new Heads(1, 1, 64), 1)) {
            Tensor table =
                    new Tensor(
                            Path.of("made-up"),
                            OptionalLong.empty(),
                            "table",
                            DType.F32,
                            List.of(1L, (long) vocabulary),
                            arena.allocate(4L * vocabulary));
            Linear embeddings = cuda.linear(List.of(table), List.of());
            int count = choices.size();
            Step.Span span = new Step.Span(0, count, 0, count, new int[] {0});
            operations.begin(new Step(new int[count], List.of(span)), store);
            Rows rows = operations.embed(embeddings, 1);
            rows.set(values);
            Chosen chosen = operations.choose(rows, choices);
            embeddings.close();
            return chosen;
        }
    }
}
