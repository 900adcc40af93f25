package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Batch.Wanted;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PassTest {

    private static final int[] PROMPT = {
        5, 60, 7, 8, 33, 2, 19, 4, 41, 12, 6, 55, 3, 22, 17, 9, 30, 11
    };

    private final CpuBackend backend = new CpuBackend(2, Long.MAX_VALUE);
    private Checkpoint checkpoint;
    private DecoderModel model;
    private KvCache cache;

    @BeforeEach
    void open() {
        checkpoint = Checkpoint.open(GoldenFolders.named("qwen3-biased-windows"));
        model = Models.load(checkpoint, backend);
        cache = model.newCache(16);
    }

    @AfterEach
    void close() {
        model.close();
        checkpoint.close();
        backend.close();
    }

    @Test
    void aRunThatStopsBeforeEveryLayerGivesTheSameLogits() {
        float[] whole = logits(PROMPT);
        try (KvSequence sequence = sequence(PROMPT.length);
                Pass pass = model.begin(Batch.of(sequence, PROMPT, Wanted.LAST), cache)) {
            for (int end = 0; end <= model.config().layers(); end++) {
                pass.runTo(end);
                assertThat(pass.layer()).isEqualTo(end);
                pass.hidden().set(pass.hidden().toArray());
            }
            assertClose(values(pass.finish()), whole);
            assertThat(sequence.length()).isEqualTo(PROMPT.length);
        }
    }

    @Test
    void changedHiddenStatesReachTheNextLayer() {
        float[] whole = logits(PROMPT);
        try (KvSequence sequence = sequence(PROMPT.length);
                Pass pass = model.begin(Batch.of(sequence, PROMPT, Wanted.LAST), cache)) {
            pass.runTo(1);
            float[] hidden = pass.hidden().toArray();
            hidden[hidden.length - 1] += 3;
            pass.hidden().set(hidden);
            pass.runTo(model.config().layers());
            assertThat(values(pass.finish())).isNotEqualTo(whole);
        }
    }

    @Test
    void aPassThatDoesNotFinishLeavesItsSequenceAsItWas() {
        float[] whole = logits(PROMPT);
        try (KvSequence sequence = sequence(PROMPT.length)) {
            Batch batch = Batch.of(sequence, PROMPT, Wanted.LAST);
            try (Pass pass = model.begin(batch, cache)) {
                pass.runTo(2);
            }
            assertThat(sequence.length()).isZero();
            assertClose(values(model.forward(batch, cache)), whole);
        }
    }

    @Test
    void sequencesOfOneBatchDoNotSeeEachOther() {
        int[] other = {9, 9, 31, 2, 50, 1};
        float[] alone = logits(PROMPT);
        float[] otherAlone = logits(other);
        try (KvSequence first = sequence(PROMPT.length);
                KvSequence second = sequence(other.length)) {
            model.forward(Batch.of(first, head(PROMPT), Wanted.NONE), cache);
            Batch mixed =
                    new Batch(
                            List.of(
                                    new Batch.Part(second, other, Wanted.LAST),
                                    new Batch.Part(first, tail(PROMPT), Wanted.LAST)));
            Logits logits = model.forward(mixed, cache);
            assertThat(logits.rows()).isEqualTo(2);
            assertClose(row(logits, 0), otherAlone);
            assertClose(row(logits, 1), alone);
        }
    }

    @Test
    void blocksMayLieAnywhere() {
        float[] alone = logits(PROMPT);
        KvSequence a = cache.open();
        KvSequence b = cache.open();
        for (int length = 1; length < 60; length += 16) {
            a.reserve(length);
            b.reserve(length);
        }
        a.close();
        try (KvSequence fragmented = sequence(PROMPT.length)) {
            model.forward(Batch.of(fragmented, head(PROMPT), Wanted.NONE), cache);
            Logits logits = model.forward(Batch.of(fragmented, tail(PROMPT), Wanted.LAST), cache);
            assertClose(row(logits, 0), alone);
        }
        b.close();
        assertThat(cache.freeBlocks()).isEqualTo(cache.blocks());
    }

    @Test
    void aTruncatedSequenceGoesOnAsIfTheRestHadNeverBeen() {
        float[] alone = logits(PROMPT);
        try (KvSequence sequence = sequence(PROMPT.length)) {
            model.forward(Batch.of(sequence, head(PROMPT), Wanted.NONE), cache);
            int kept = sequence.length();
            assertThat(sequence.reserve(20)).isTrue();
            model.forward(Batch.of(sequence, new int[20], Wanted.NONE), cache);
            sequence.truncate(kept);
            assertThat(sequence.reserve(tail(PROMPT).length)).isTrue();
            Logits logits = model.forward(Batch.of(sequence, tail(PROMPT), Wanted.LAST), cache);
            assertClose(row(logits, 0), alone);
        }
    }

    @Test
    void allRowsAreGivenInBatchOrder() {
        try (KvSequence one = sequence(PROMPT.length);
                KvSequence two = sequence(3)) {
            Batch batch =
                    new Batch(
                            List.of(
                                    new Batch.Part(two, new int[] {1, 2, 3}, Wanted.NONE),
                                    new Batch.Part(one, PROMPT, Wanted.ALL)));
            Logits logits = model.forward(batch, cache);
            assertThat(logits.rows()).isEqualTo(PROMPT.length);
            assertClose(row(logits, PROMPT.length - 1), logits(PROMPT));
        }
    }

    @Test
    void mistakesAreNamed() {
        try (KvSequence sequence = cache.open()) {
            assertThatThrownBy(() -> model.forward(Batch.of(sequence, PROMPT, Wanted.LAST), cache))
                    .hasMessageContaining("reserve");
            sequence.reserve(2);
            assertThatThrownBy(() ->
                            model.forward(Batch.of(sequence, new int[] {64}, Wanted.LAST), cache))
                    .hasMessageContaining("token 64 is not in the vocabulary of 64");
            assertThatThrownBy(() -> Batch.of(sequence, new int[0], Wanted.LAST))
                    .hasMessageContaining("tokens");
            try (Pass pass = model.begin(Batch.of(sequence, new int[] {1}, Wanted.LAST), cache)) {
                assertThatThrownBy(pass::finish).hasMessageContaining("have not run");
                pass.runTo(2);
                assertThatThrownBy(() -> pass.runTo(1)).hasMessageContaining("`end`");
            }
            assertThatThrownBy(cache::close).hasMessageContaining("open sequences");
        }
    }

    @Test
    void warmingUpLeavesTheModelAsItWas() {
        float[] before = logits(PROMPT);
        WarmUp.run(model, Duration.ofMillis(50));
        assertClose(logits(PROMPT), before);
    }

    @Test
    void threadsDoNotChangeTheResult() {
        int[] prompt = new Random(3).ints(120, 0, 64).toArray();
        float[] shared = logits(prompt);
        try (CpuBackend single = new CpuBackend(1, Long.MAX_VALUE);
                DecoderModel alone = Models.load(checkpoint, single);
                KvCache own = alone.newCache(8);
                KvSequence sequence = own.open()) {
            sequence.reserve(prompt.length);
            Logits logits = alone.forward(Batch.of(sequence, prompt, Wanted.LAST), own);
            assertClose(values(logits), shared);
        }
    }

    private float[] logits(int[] tokens) {
        try (KvSequence sequence = sequence(tokens.length)) {
            return values(model.forward(Batch.of(sequence, tokens, Wanted.LAST), cache));
        }
    }

    private KvSequence sequence(int positions) {
        KvSequence sequence = cache.open();
        assertThat(sequence.reserve(positions)).isTrue();
        return sequence;
    }

    private static int[] head(int[] tokens) {
        return Arrays.copyOf(tokens, tokens.length - 1);
    }

    private static int[] tail(int[] tokens) {
        return new int[] {tokens[tokens.length - 1]};
    }

    private static float[] values(Logits logits) {
        return Arrays.copyOf(logits.values(), logits.rows() * logits.vocabulary());
    }

    private static float[] row(Logits logits, int row) {
        int from = logits.offset(row);
        return Arrays.copyOfRange(logits.values(), from, from + logits.vocabulary());
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, Offset.offset(1e-4f));
    }
}
