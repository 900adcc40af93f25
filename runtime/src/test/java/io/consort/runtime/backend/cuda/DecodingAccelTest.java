package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.Pass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class DecodingAccelTest {

    private static final RandomModel SHAPE =
            new RandomModel("small", 5000, 512, 1024, 3, 8, 2, 64, false);

    @TempDir private Path folder;

    @BeforeEach
    void needsAnAccelerator() {
        Accelerator.requireBackend();
    }

    @ParameterizedTest
    @CsvSource({"NONE,1", "NONE,3", "EIGHT_BIT,1", "FOUR_BIT,1", "FOUR_BIT,5"})
    void decodingAheadGivesWhatTheHostChoosesFromLogits(Quantisation quantisation, int sequences) {
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation);
                Checkpoint checkpoint = SHAPE.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda)) {
            TestDecoder plain = TestDecoder.of(model, sequences, 20);
            TestDecoder ahead = TestDecoder.of(model, sequences, 20);
            List<int[]> expected = new ArrayList<>();
            for (int step = 0; step < 60; step++) {
                change(plain, step);
                plain.plainly();
                expected.add(plain.last().clone());
            }
            for (int step = 0; step < 60; step++) {
                change(ahead, step);
                if (step % 17 == 16) {
                    ahead.plainly();
                } else {
                    ahead.greedily(step % 2 == 0 ? 1 : 18);
                }
                assertThat(ahead.last()).as("step %d", step).isEqualTo(expected.get(step));
            }
            plain.close();
            ahead.close();
        }
    }

    /** Now and then the next token is another one than what was chosen. */
    private static void change(TestDecoder decoder, int step) {
        if (step % 13 == 12) {
            decoder.last()[0] = step;
        }
    }

    @ParameterizedTest
    @EnumSource(Quantisation.class)
    void modelsThatDecodeTogetherGiveWhatEachGivesAlone(Quantisation quantisation) {
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation)) {
            List<Checkpoint> checkpoints = new ArrayList<>();
            List<TestDecoder> decoders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                checkpoints.add(SHAPE.make(folder, i));
                DecoderModel model = Models.load(checkpoints.get(i), cuda);
                decoders.add(TestDecoder.of(model, 1, 20 + 5 * i));
            }
            assertThat(decoders.stream().map(one -> one.model().kin()).distinct()).hasSize(1);
            List<List<Integer>> expected = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                alone(decoders.get(i), i); // afterwards all steps are recorded
                expected.add(alone(decoders.get(i), i));
            }
            for (int round = 0; round < 40; round++) {
                List<TestDecoder> members = round % 10 == 9 ? decoders.subList(1, 4) : decoders;
                if (members.size() == 3) {
                    decoders.getFirst().choosing(1, choices(0, round));
                }
                List<Pass> passes = members.stream().map(one -> one.begin(1)).toList();
                int step = round;
                List<List<Choice>> choices =
                        members.stream().map(one -> choices(decoders.indexOf(one), step)).toList();
                List<Chosen> chosen = Pass.finishTogether(passes, choices);
                for (int i = 0; i < members.size(); i++) {
                    members.get(i).take(chosen.get(i).tokens());
                }
                for (int i = 0; i < 4; i++) {
                    assertThat(decoders.get(i).last()[0])
                            .as("round %d, model %d", round, i)
                            .isEqualTo(expected.get(i).get(round));
                }
            }
            decoders.forEach(decoder -> {
                decoder.close();
                decoder.model().close();
            });
            checkpoints.forEach(Checkpoint::close);
        }
    }

    /** The first model's tokens are the most probable ones, the last one's at first. */
    private static List<Choice> choices(int model, int step) {
        Optional<Draw> draw = Optional.of(new Draw(0.9, 200, 0.95, model));
        return List.of(
                model == 0 || (model == 3 && step < 17)
                        ? Choice.GREEDY
                        : new Choice(draw, step, model == 2));
    }

    /** Forty tokens, after which everything is as it was. */
    private static List<Integer> alone(TestDecoder decoder, int index) {
        List<Integer> tokens = new ArrayList<>();
        int first = decoder.last()[0];
        int length = decoder.sequences().getFirst().length();
        for (int step = 0; step < 40; step++) {
            decoder.plainly(choices(index, step));
            tokens.add(decoder.last()[0]);
        }
        decoder.last()[0] = first;
        decoder.sequences().getFirst().truncate(length);
        return tokens;
    }
}
