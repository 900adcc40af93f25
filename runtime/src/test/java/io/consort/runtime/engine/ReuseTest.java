package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.Batch;
import io.consort.runtime.model.FakeDecoder;
import io.consort.runtime.model.PrefixKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReuseTest {

    private static final int VOCABULARY = 96;

    private final FakeDecoder decoder = FakeDecoder.hashing(VOCABULARY, 2_000);
    private final List<Integer> rows = new CopyOnWriteArrayList<>();
    private final Engine engine = Engine.start("test", new EngineSettings(4, 32, 100));
    private final EngineModel model = engine.add(decoder, 60);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aPromptThatWasReadBeforeIsNotComputedAgain() {
        decoder.beforePass(this::count);
        int[] first = Generations.prompt(new Random(1), 200, VOCABULARY);
        RecordingSink sink = answer(model, first, 10);
        assertThat(sink.cached()).isZero();
        assertThat(computed()).isEqualTo(209);

        int[] second = first.clone();
        Arrays.fill(second, 195, 200, 20);
        rows.clear();
        sink = answer(model, second, 10);
        assertThat(sink.cached()).isEqualTo(192);
        assertThat(computed()).isEqualTo(17);
        assertThat(sink.tokens()).isEqualTo(Generations.expected(second, 10, VOCABULARY));
    }

    @Test
    void aConversationGoesOnWhereItsLastAnswerEnded() {
        int[] prompt = Generations.prompt(new Random(2), 100, VOCABULARY);
        List<Integer> said = answer(model, prompt, 60).tokens();
        int[] next = Arrays.copyOf(prompt, 170);
        for (int i = 0; i < 60; i++) {
            next[100 + i] = said.get(i);
        }
        Arrays.fill(next, 160, 170, 21);
        RecordingSink sink = answer(model, next, 5);
        // The last token of the answer was never computed, so its block is not full.
        assertThat(sink.cached()).isEqualTo(144);
        assertThat(sink.tokens()).isEqualTo(Generations.expected(next, 5, VOCABULARY));
    }

    @Test
    void nobodyTakesWhatWasComputedForAnother() {
        int[] prompt = Generations.prompt(new Random(5), 200, VOCABULARY);
        List<Integer> expected = Generations.expected(prompt, 10, VOCABULARY);
        for (String owner : List.of("a", "b", "")) {
            RecordingSink sink = answer(owner, prompt);
            assertThat(sink.cached()).as(owner).isZero();
            assertThat(sink.tokens()).isEqualTo(expected);
        }
        for (String owner : List.of("", "a", "b")) {
            assertThat(answer(owner, prompt).cached()).as(owner).isEqualTo(192);
        }
    }

    private RecordingSink answer(String owner, int[] prompt) {
        RecordingSink sink = new RecordingSink();
        engine.submit(model, Generations.greedy(prompt, 10).ownedBy(owner), sink);
        sink.awaitEnd();
        return sink;
    }

    @Test
    void promptsThatComeTogetherShareWhatTheFirstOfThemHasComputed() {
        decoder.beforePass(this::count);
        int[] prompt = Generations.prompt(new Random(3), 300, VOCABULARY);
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            engine.submit(model, Generations.greedy(prompt, 3), sink);
        }
        sinks.forEach(RecordingSink::awaitEnd);
        // In a turn of 256 tokens the oldest has at least half; so three turns compute all of
        // it, and whatever the others computed beside it. Alone they would compute 4 * 300.
        assertThat(computed()).isLessThan(3 * 300);
    }

    @Test
    void preemptedSequencesComputeLittleAgain() {
        EngineModel small = engine.add(decoder, 20);
        decoder.beforePass(this::count);
        Random random = new Random(4);
        List<RecordingSink> sinks = new ArrayList<>();
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int[] prompt = Generations.prompt(random, 40, VOCABULARY);
            RecordingSink sink = new RecordingSink();
            engine.submit(small, Generations.greedy(prompt, 100), sink);
            prompts.add(prompt);
            sinks.add(sink);
        }
        for (int i = 0; i < sinks.size(); i++) {
            sinks.get(i).awaitEnd();
            assertThat(sinks.get(i).tokens())
                    .isEqualTo(Generations.expected(prompts.get(i), 100, VOCABULARY));
            assertThat(sinks.get(i).cached()).isZero();
        }
        assertThat(computed()).isLessThan(12 * 139 * 3 / 2);
    }

    @Test
    void whatWasComputedUnderAnotherKeyIsNotTaken() {
        PrefixKey adapter = new PrefixKey("adapter", List.of());
        PrefixKey fused = new PrefixKey("", List.of("first", "second"));
        int[] prompt = Generations.prompt(new Random(5), 100, VOCABULARY);
        for (PrefixKey key : List.of(PrefixKey.PLAIN, adapter, fused)) {
            assertThat(answer(prompt, key).cached()).isZero();
            RecordingSink again = answer(prompt, key);
            assertThat(again.cached()).isEqualTo(96);
            assertThat(again.tokens()).isEqualTo(Generations.expected(prompt, 5, VOCABULARY));
        }
    }

    @Test
    void withoutReuseEverythingIsComputed() {
        try (Engine plain = Engine.start("plain", new EngineSettings(4, 32, 60).withoutReuse())) {
            EngineModel own = plain.add(decoder, 40);
            decoder.beforePass(this::count);
            for (int i = 0; i < 2; i++) {
                RecordingSink sink = new RecordingSink();
                plain.submit(own, Generations.greedy(100, 5), sink);
                sink.awaitEnd();
                assertThat(sink.cached()).isZero();
            }
            assertThat(computed()).isEqualTo(2 * 104);
        }
    }

    private RecordingSink answer(int[] prompt, PrefixKey key) {
        Generation plain = Generations.greedy(prompt, 5);
        Generation generation =
                new Generation(
                        prompt,
                        plain.maxTokens(),
                        plain.endTokens(),
                        plain.sampler(),
                        plain.topLogprobs(),
                        plain.deadline(),
                        key);
        RecordingSink sink = new RecordingSink();
        engine.submit(model, generation, sink);
        sink.awaitEnd();
        return sink;
    }

    private RecordingSink answer(EngineModel asked, int[] prompt, int tokens) {
        RecordingSink sink = new RecordingSink();
        engine.submit(asked, Generations.greedy(prompt, tokens), sink);
        sink.awaitEnd();
        return sink;
    }

    private void count(Batch batch) {
        rows.add(batch.rows());
    }

    private int computed() {
        return rows.stream().mapToInt(Integer::intValue).sum();
    }
}
