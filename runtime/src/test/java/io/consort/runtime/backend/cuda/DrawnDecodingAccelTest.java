package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class DrawnDecodingAccelTest {

    private static final RandomModel SHAPE =
            new RandomModel("small", 5000, 512, 1024, 3, 8, 2, 64, false);

    private static final int STEPS = 60;

    @TempDir private Path folder;

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    @ParameterizedTest
    @CsvSource({"NONE,1", "NONE,3", "NONE,20", "EIGHT_BIT,1", "FOUR_BIT,1", "FOUR_BIT,5"})
    void tokensDrawnAheadAreThoseThatTheHostDrawsFromLogits(
            Quantisation quantisation, int sequences) {
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation);
                Checkpoint checkpoint = SHAPE.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda)) {
            TestDecoder host = TestDecoder.of(model, sequences, 20);
            List<int[]> expected = new ArrayList<>();
            List<double[]> logprobs = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                change(host, step);
                logprobs.add(host.plainly(choices(sequences, step)));
                expected.add(host.last().clone());
            }
            TestDecoder device = TestDecoder.of(model, sequences, 20);
            for (int step = 0; step < STEPS; step++) {
                change(device, step);
                List<Choice> choices = choices(sequences, step);
                Chosen chosen = device.choosing(step % 2 == 0 ? 1 : 18, choices);
                assertThat(device.last()).as("step %d", step).isEqualTo(expected.get(step));
                for (int row = 0; row < sequences; row++) {
                    if (choices.get(row).likelihood()) {
                        assertThat(chosen.logprobs()[row])
                                .as("step %d, row %d", step, row)
                                .isCloseTo(logprobs.get(step)[row], within(1e-5));
                    }
                }
            }
            assertThat(expected.stream().mapToInt(tokens -> tokens[0]).distinct().count())
                    .isGreaterThan(20);
            host.close();
            device.close();
        }
    }

    /** Some rows are greedy, some want log-probabilities, and now and then settings change. */
    private static List<Choice> choices(int sequences, int step) {
        List<Choice> choices = new ArrayList<>();
        for (int row = 0; row < sequences; row++) {
            boolean greedy = row % 3 == 1 || step / 10 == 3;
            Draw draw = new Draw(0.7 + 0.1 * (row % 5), row % 2 == 0 ? Draw.ALL : 300, 0.9, row);
            Draw other = new Draw(1.5, 40, 1, 1000L + row);
            choices.add(
                    new Choice(
                            greedy ? Optional.empty() : Optional.of(step < 45 ? draw : other),
                            step,
                            row % 4 == 2 || step % 20 >= 15));
        }
        return choices;
    }

    /** Now and then the next token is another one than what was chosen. */
    private static void change(TestDecoder decoder, int step) {
        if (step % 13 == 12) {
            decoder.last()[0] = step;
        }
    }
}
