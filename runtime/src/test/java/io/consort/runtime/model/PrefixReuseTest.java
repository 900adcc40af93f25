package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Batch.Wanted;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixReuseTest {

    private static final PrefixKey ADAPTER = new PrefixKey("adapter", List.of());
    private static final PrefixKey FUSED = new PrefixKey("", List.of("first", "second"));

    private final KvCache cache = new KvCache(new FakeStore(8));

    static List<Path> folders() {
        return GoldenFolders.all();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void logitsOfASharedPrefixAreThoseOfAComputedOne(Path folder) {
        try (CpuBackend backend = new CpuBackend(2, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(folder);
                DecoderModel model = Models.load(checkpoint, backend);
                KvCache own = model.newCache(16)) {
            int[] first = new Random(4).ints(70, 3, model.config().vocabulary()).toArray();
            int[] second = first.clone();
            Arrays.fill(second, 50, second.length, 3);
            float[] alone = logits(model, own, own.open(), second, 0);
            logits(model, own, own.open(PrefixKey.PLAIN), first, 0);
            assertThat(logits(model, own, own.open(PrefixKey.PLAIN), second, 48))
                    .containsExactly(alone, Offset.offset(1e-4f));
            assertThat(logits(model, own, own.open(PrefixKey.PLAIN), second, 64))
                    .containsExactly(alone, Offset.offset(1e-4f));
            assertThat(own.freeBlocks()).isEqualTo(own.blocks());
        }
    }

    private static float[] logits(
            DecoderModel model, KvCache cache, KvSequence sequence, int[] tokens, int shared) {
        try (sequence) {
            sequence.expect(tokens.length);
            assertThat(sequence.reuse(tokens, tokens.length)).isEqualTo(shared);
            int[] rest = Arrays.copyOfRange(tokens, shared, tokens.length);
            assertThat(sequence.reserve(rest.length)).isTrue();
            Logits logits = model.forward(Batch.of(sequence, rest, Wanted.LAST), cache);
            return Arrays.copyOf(logits.values(), logits.vocabulary());
        }
    }

    @Test
    void onlySequencesOfOneKeyShare() {
        int[] tokens = new int[40];
        compute(PrefixKey.PLAIN, tokens);
        assertThat(shared(PrefixKey.PLAIN, tokens)).isEqualTo(32);
        assertThat(shared(ADAPTER, tokens)).isZero();
        assertThat(shared(FUSED, tokens)).isZero();
        compute(FUSED, tokens);
        assertThat(shared(FUSED, tokens)).isEqualTo(32);
        assertThat(shared(new PrefixKey("", List.of("second", "first")), tokens)).isZero();
    }

    @Test
    void tokensWithEqualHashesAreToldApart() {
        int[] one = new int[17];
        int[] other = new int[17];
        one[1] = 31;
        other[0] = 1;
        assertThat(Arrays.hashCode(Arrays.copyOf(one, 16)))
                .isEqualTo(Arrays.hashCode(Arrays.copyOf(other, 16)));
        compute(PrefixKey.PLAIN, one);
        assertThat(shared(PrefixKey.PLAIN, one)).isEqualTo(16);
        assertThat(shared(PrefixKey.PLAIN, other)).isZero();
    }

    @Test
    void equalTokensAfterDifferentOnesAreNotShared() {
        int[] one = new int[33];
        int[] other = new int[33];
        one[1] = 31;
        other[0] = 1;
        compute(PrefixKey.PLAIN, one);
        compute(PrefixKey.PLAIN, Arrays.copyOf(other, 17));
        assertThat(shared(PrefixKey.PLAIN, other)).isEqualTo(16);
    }

    @Test
    void theLeastRecentlyUsedBlocksMakeRoom() {
        int[] old = filled(1);
        int[] recent = filled(2);
        compute(PrefixKey.PLAIN, old);
        compute(PrefixKey.PLAIN, recent);
        assertThat(shared(PrefixKey.PLAIN, old)).isEqualTo(32);
        try (KvSequence large = cache.open()) {
            assertThat(large.reserve(6 * KvCache.BLOCK)).isTrue();
        }
        assertThat(shared(PrefixKey.PLAIN, recent)).isZero();
        assertThat(shared(PrefixKey.PLAIN, old)).isEqualTo(32);
    }

    @Test
    void sequencesThatComputedTheSameComeToHoldTheSameBlocks() {
        try (KvSequence one = cache.open(PrefixKey.PLAIN);
                KvSequence two = cache.open(PrefixKey.PLAIN)) {
            one.reserve(32);
            two.reserve(32);
            one.advance(new int[32]);
            two.advance(new int[32]);
            assertThat(two.blockTable()).isEqualTo(one.blockTable());
            assertThat(cache.freeBlocks()).isEqualTo(6);
        }
    }

    @Test
    void whatIsComputedOnChangedHiddenStatesIsKeptFromOthersUnlessTheKeyNamesIt() {
        try (CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
                Checkpoint checkpoint = Checkpoint.open(GoldenFolders.named("llama-gqa"));
                DecoderModel model = Models.load(checkpoint, backend);
                KvCache own = model.newCache(8)) {
            changed(model, own, PrefixKey.PLAIN);
            changed(model, own, FUSED);
            try (KvSequence plain = own.open(PrefixKey.PLAIN);
                    KvSequence fused = own.open(FUSED)) {
                assertThat(plain.reuse(new int[40], 40)).isEqualTo(16);
                assertThat(fused.reuse(new int[40], 40)).isEqualTo(32);
            }
        }
    }

    /** Computes a block untouched and a second one with hidden states that are written to. */
    private static void changed(DecoderModel model, KvCache cache, PrefixKey key) {
        try (KvSequence sequence = cache.open(key)) {
            sequence.reserve(32);
            model.forward(Batch.of(sequence, new int[16], Wanted.NONE), cache);
            try (Pass pass = model.begin(Batch.of(sequence, new int[16], Wanted.NONE), cache)) {
                pass.runTo(1);
                pass.hidden().set(new float[16 * model.config().hidden()]);
                pass.runTo(model.config().layers());
                assertThat(pass.finish().rows()).isZero();
            }
        }
    }

    @Test
    void keysOfOtherRotaryFrequenciesAreNotShared() {
        RopeSettings rope = new RopeSettings(10_000, 8, new RopeScaling.Dynamic(2, 24));
        KvCache stretched = new KvCache(new FakeStore(8), new RotaryRegime(List.of(rope), false));
        int[] tokens = new int[40];
        try (KvSequence sequence = stretched.open(PrefixKey.PLAIN)) {
            sequence.expect(40);
            sequence.reserve(64);
            sequence.advance(tokens);
            sequence.advance(new int[20]);
        }
        try (KvSequence shorter = stretched.open(PrefixKey.PLAIN);
                KvSequence equal = stretched.open(PrefixKey.PLAIN);
                KvSequence longer = stretched.open(PrefixKey.PLAIN)) {
            assertThat(shorter.reuse(tokens, 24)).isZero();
            assertThat(equal.reuse(tokens, 40)).isEqualTo(32);
            longer.expect(60);
            assertThat(longer.reuse(new int[60], 60)).isZero();
        }
        assertThat(stretched.recomputesAtOnce(20, 24)).isTrue();
        assertThat(stretched.recomputesAtOnce(20, 25)).isFalse();
    }

    private void compute(PrefixKey key, int[] tokens) {
        try (KvSequence sequence = cache.open(key)) {
            int start = sequence.reuse(tokens, tokens.length);
            assertThat(sequence.reserve(tokens.length - start)).isTrue();
            sequence.advance(Arrays.copyOfRange(tokens, start, tokens.length));
        }
    }

    private int shared(PrefixKey key, int[] tokens) {
        try (KvSequence sequence = cache.open(key)) {
            return sequence.reuse(tokens, tokens.length);
        }
    }

    private static int[] filled(int token) {
        int[] tokens = new int[40];
        Arrays.fill(tokens, token);
        return tokens;
    }
}
