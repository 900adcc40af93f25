package io.consort.runtime.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.bench.RandomModel;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.KvSequence;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Models;
import io.consort.runtime.model.Pass;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** A model with some sequences, and the token that each has last. */
    private record Decoder(
            DecoderModel model, KvCache cache, List<KvSequence> sequences, int[] last) {

        static Decoder of(DecoderModel model, int sequences, int prompt) {
            Decoder decoder =
                    new Decoder(model, model.newCache(64), new ArrayList<>(), new int[sequences]);
            for (int i = 0; i < sequences; i++) {
                KvSequence sequence = decoder.cache.open();
                decoder.sequences.add(sequence);
                int[] tokens = new int[prompt + i];
                int seed = 11 * i;
                Arrays.setAll(tokens, at -> (37 * at + seed) % 5000);
                sequence.reserve(tokens.length);
                Batch batch = Batch.of(sequence, tokens, Batch.Wanted.LAST);
                decoder.last[i] = model.forward(batch, decoder.cache).argmax(0);
            }
            return decoder;
        }

        Pass begin(int room) {
            List<Batch.Part> parts = new ArrayList<>();
            for (int i = 0; i < last.length; i++) {
                sequences.get(i).reserve(room);
                int[] token = {last[i]};
                parts.add(new Batch.Part(sequences.get(i), token, Batch.Wanted.LAST));
            }
            Pass pass = model.begin(new Batch(parts), cache);
            pass.runTo(model.config().layers());
            return pass;
        }

        /** A step as the host does it: from logits. */
        void plainly() {
            try (Pass pass = begin(1)) {
                Logits logits = pass.finish();
                for (int i = 0; i < last.length; i++) {
                    last[i] = logits.argmax(i);
                }
            }
        }

        void greedily(int room) {
            try (Pass pass = begin(room)) {
                take(pass.finishGreedily());
            }
        }

        void close() {
            sequences.forEach(KvSequence::close);
            cache.close();
        }

        void take(int[] tokens) {
            System.arraycopy(tokens, 0, last, 0, last.length);
        }
    }

    @ParameterizedTest
    @CsvSource({"NONE,1", "NONE,3", "EIGHT_BIT,1", "FOUR_BIT,1", "FOUR_BIT,5"})
    void decodingAheadGivesWhatTheHostChoosesFromLogits(Quantisation quantisation, int sequences) {
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation);
                Checkpoint checkpoint = SHAPE.make(folder);
                DecoderModel model = Models.load(checkpoint, cuda)) {
            Decoder plain = Decoder.of(model, sequences, 20);
            Decoder ahead = Decoder.of(model, sequences, 20);
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
    private static void change(Decoder decoder, int step) {
        if (step % 13 == 12) {
            decoder.last()[0] = step;
        }
    }

    @ParameterizedTest
    @EnumSource(Quantisation.class)
    void modelsThatDecodeTogetherGiveWhatEachGivesAlone(Quantisation quantisation) {
        try (CudaBackend cuda = CudaBackend.open(Precision.MIXED, quantisation)) {
            List<Checkpoint> checkpoints = new ArrayList<>();
            List<Decoder> decoders = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                checkpoints.add(SHAPE.make(folder, i));
                DecoderModel model = Models.load(checkpoints.get(i), cuda);
                decoders.add(Decoder.of(model, 1, 20 + 5 * i));
            }
            assertThat(decoders.stream().map(one -> one.model().kin()).distinct()).hasSize(1);
            List<List<Integer>> expected = new ArrayList<>();
            for (Decoder decoder : decoders) {
                expected.add(alone(decoder));
            }
            for (int round = 0; round < 40; round++) {
                List<Decoder> members = round % 10 == 9 ? decoders.subList(1, 4) : decoders;
                if (members.size() == 3) {
                    decoders.getFirst().greedily(1);
                }
                List<Pass> passes = members.stream().map(one -> one.begin(1)).toList();
                List<int[]> tokens = Pass.finishTogether(passes);
                for (int i = 0; i < members.size(); i++) {
                    members.get(i).take(tokens.get(i));
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

    /** Forty tokens, after which everything is as it was. */
    private static List<Integer> alone(Decoder decoder) {
        List<Integer> tokens = new ArrayList<>();
        int first = decoder.last()[0];
        int length = decoder.sequences().getFirst().length();
        for (int step = 0; step < 40; step++) {
            decoder.plainly();
            tokens.add(decoder.last()[0]);
        }
        decoder.last()[0] = first;
        decoder.sequences().getFirst().truncate(length);
        return tokens;
    }
}
