package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.model.FakeDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTest {

    private static final int VOCABULARY = 96;

    private final AtomicLong clock = new AtomicLong();
    private final FakeDecoder decoder = FakeDecoder.hashing(VOCABULARY, 2_000);
    private final Engine engine = Engine.start("test", new EngineSettings(4, 32, 60), clock::get);
    private final EngineModel model = engine.add(decoder, 40);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void answersDoNotDependOnWhoElseIsAnswered() {
        EngineModel other = engine.add(FakeDecoder.hashing(VOCABULARY, 2_000), 30);
        Random random = new Random(1);
        List<RecordingSink> sinks = new ArrayList<>();
        List<int[]> prompts = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int[] prompt = Generations.prompt(random, 1 + random.nextInt(150), VOCABULARY);
            RecordingSink sink = new RecordingSink();
            engine.submit(i % 2 == 0 ? model : other, Generations.greedy(prompt, 40), sink);
            prompts.add(prompt);
            sinks.add(sink);
        }
        for (int i = 0; i < sinks.size(); i++) {
            assertThat(sinks.get(i).awaitEnd()).isEqualTo(FinishReason.LENGTH);
            assertThat(sinks.get(i).tokens())
                    .isEqualTo(Generations.expected(prompts.get(i), 40, VOCABULARY));
        }
    }

    @Test
    void aCancelledSequenceGivesItsBlocksBackBeforeTheNextPass() {
        Semaphore entered = new Semaphore(0);
        Semaphore passes = new Semaphore(0);
        decoder.beforePass(batch -> {
            entered.release();
            passes.acquireUninterruptibly();
        });
        RecordingSink cancelled = new RecordingSink();
        RecordingSink survivor = new RecordingSink();
        GenerationHandle handle = engine.submit(model, Generations.greedy(33, 100), cancelled);
        engine.submit(model, Generations.greedy(5, 60), survivor);
        for (int pass = 0; pass < 3; pass++) {
            entered.acquireUninterruptibly();
            passes.release();
        }
        entered.acquireUninterruptibly();

        List<EngineModel.Load> loads = new CopyOnWriteArrayList<>();
        List<Integer> sequencesOfPasses = new CopyOnWriteArrayList<>();
        decoder.beforePass(batch -> {
            sequencesOfPasses.add(batch.parts().size());
            loads.add(model.load());
        });
        handle.cancel();
        int before = cancelled.tokens().size();
        passes.release();

        assertThat(survivor.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        assertThat(sequencesOfPasses).containsOnly(1);
        assertThat(loads.getFirst()).isEqualTo(new EngineModel.Load(0, 1, 39, 40));
        assertThat(cancelled.tokens()).hasSize(before);
        assertThat(cancelled.ended()).isFalse();
    }

    @Test
    void aSequenceWhoseReaderPausesTakesNoTurnUntilItIsWoken() {
        RecordingSink sink = new RecordingSink().pauseAfter(3);
        GenerationHandle handle = engine.submit(model, Generations.greedy(5, 10), sink);
        sink.awaitTokens(3);
        RecordingSink other = new RecordingSink();
        engine.submit(model, Generations.greedy(5, 50), other);
        other.awaitEnd();
        assertThat(sink.tokens()).hasSize(3);

        sink.pauseAfter(Integer.MAX_VALUE);
        handle.wake();
        assertThat(sink.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        assertThat(sink.tokens()).hasSize(10);
    }

    @Test
    void anEndTokenEndsTheAnswerAndIsNoPartOfIt() {
        int[] prompt = {20, 21, 22};
        List<Integer> unhindered = Generations.expected(prompt, 5, VOCABULARY);
        Generation generation =
                new Generation(
                        prompt,
                        5,
                        Set.of(unhindered.get(2)),
                        new Sampler.Greedy(),
                        OptionalInt.empty(),
                        OptionalLong.empty());
        RecordingSink sink = new RecordingSink();
        engine.submit(model, generation, sink);

        assertThat(sink.awaitEnd()).isEqualTo(FinishReason.STOP);
        assertThat(sink.tokens()).isEqualTo(unhindered.subList(0, 2));
    }

    @Test
    void aModelThatFailsFailsOnlyTheSequencesOfItsPass() {
        EngineModel other = engine.add(FakeDecoder.hashing(VOCABULARY, 2_000), 30);
        decoder.beforePass(batch -> {
            throw new IllegalStateException("out of order");
        });
        RecordingSink failing = new RecordingSink();
        RecordingSink fine = new RecordingSink();
        engine.submit(model, Generations.greedy(5, 20), failing);
        engine.submit(other, Generations.greedy(5, 20), fine);

        assertThat(failing.awaitFailure().reason()).isEqualTo(Reason.MODEL_FAILED);
        assertThat(failing.awaitFailure()).hasMessageContaining("out of order");
        assertThat(fine.awaitEnd()).isEqualTo(FinishReason.LENGTH);

        decoder.beforePass(batch -> {});
        RecordingSink again = new RecordingSink();
        engine.submit(model, Generations.greedy(5, 20), again);
        assertThat(again.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void logitsThatAreNoNumbersFailTheSequenceAndNotItsNeighbours() {
        RecordingSink poisoned = new RecordingSink();
        RecordingSink fine = new RecordingSink();
        engine.submit(model, Generations.greedy(new int[] {FakeDecoder.POISON}, 5), poisoned);
        engine.submit(model, Generations.greedy(5, 20), fine);

        assertThat(poisoned.awaitFailure().reason()).isEqualTo(Reason.NOT_A_NUMBER);
        assertThat(fine.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aReaderThatThrowsLosesItsSequenceAndHarmsNobody() {
        RecordingSink fine = new RecordingSink();
        RecordingSink throwing = new RecordingSink();
        engine.submit(
                model,
                Generations.greedy(5, 20),
                new TokenSink() {
                    @Override
                    public boolean ready() {
                        return true;
                    }

                    @Override
                    public boolean token(TokenChoice choice) {
                        throw new IllegalStateException("cannot read");
                    }

                    @Override
                    public void end(FinishReason reason) {
                        throwing.end(reason);
                    }

                    @Override
                    public void failed(EngineException failure) {
                        throwing.failed(failure);
                    }
                });
        engine.submit(model, Generations.greedy(5, 20), fine);

        assertThat(throwing.awaitFailure()).hasMessageContaining("cannot read");
        assertThat(fine.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void aDeadlineEndsTheWorkEvenWhileItsReaderPauses() {
        RecordingSink sink = new RecordingSink().pauseAfter(2);
        Generation generation =
                new Generation(
                        new int[] {20},
                        50,
                        Set.of(),
                        new Sampler.Greedy(),
                        OptionalInt.empty(),
                        OptionalLong.of(1_000_000));
        GenerationHandle handle = engine.submit(model, generation, sink);
        sink.awaitTokens(2);
        clock.set(1_000_001);
        handle.wake();

        assertThat(sink.awaitFailure().reason()).isEqualTo(Reason.LATE);
    }

    @Test
    void aDeadlineEndsTheWorkOfOneThatStillWaits() {
        List<RecordingSink> crowd = new ArrayList<>();
        List<GenerationHandle> handles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RecordingSink sink = new RecordingSink().pauseAfter(1);
            handles.add(engine.submit(model, Generations.greedy(140, 20), sink));
            crowd.add(sink);
        }
        crowd.forEach(sink -> sink.awaitTokens(1));
        RecordingSink waiting = new RecordingSink().pauseAfter(0);
        Generation late =
                new Generation(
                        new int[] {20},
                        5,
                        Set.of(),
                        new Sampler.Greedy(),
                        OptionalInt.empty(),
                        OptionalLong.of(5));
        handles.add(engine.submit(model, late, waiting));
        clock.set(6);
        handles.getLast().wake();

        assertThat(waiting.awaitFailure().reason()).isEqualTo(Reason.LATE);
        assertThat(waiting.tokens()).isEmpty();
    }

    @Test
    void aSeedGivesTheSameAnswerWhoeverElseIsAnswered() {
        List<Integer> alone = drawn(42).tokens();
        List<RecordingSink> crowd = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            RecordingSink sink = new RecordingSink();
            engine.submit(model, Generations.greedy(10 + i, 60), sink);
            crowd.add(sink);
        }
        assertThat(drawn(42).tokens()).isEqualTo(alone);
        assertThat(drawn(43).tokens()).isNotEqualTo(alone);
        crowd.forEach(RecordingSink::awaitEnd);
    }

    private RecordingSink drawn(long seed) {
        RecordingSink sink = new RecordingSink();
        Generation generation =
                new Generation(
                        new int[] {30, 31},
                        30,
                        Set.of(),
                        new Sampler.Drawn(new Draw(2, Draw.ALL, 1, seed)),
                        OptionalInt.of(2),
                        OptionalLong.empty());
        engine.submit(model, generation, sink);
        sink.awaitEnd();
        assertThat(sink.choices())
                .allSatisfy(choice ->
                        assertThat(choice.likelihood().orElseThrow().alternatives()).hasSize(2));
        return sink;
    }
}
