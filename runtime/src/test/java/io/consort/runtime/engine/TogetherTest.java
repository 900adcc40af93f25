package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.model.FakeDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TogetherTest {

    private static final int VOCABULARY = 96;
    private static final String KIN = "one shape";

    private final Engine engine =
            Engine.start("test", new EngineSettings(4, 32, 60), System::nanoTime);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void modelsOfOneKinGetTheirStepsInOneRoundAndOthersTheirsInTurn() {
        List<String> passes = new CopyOnWriteArrayList<>();
        Semaphore start = new Semaphore(0);
        List<EngineModel> models = new ArrayList<>();
        for (String name : List.of("a", "b", "alone")) {
            FakeDecoder decoder = FakeDecoder.hashing(VOCABULARY, 2_000);
            if (!name.equals("alone")) {
                decoder.kin(KIN);
            }
            decoder.beforePass(batch -> {
                start.acquireUninterruptibly();
                start.release();
                passes.add(name);
            });
            models.add(engine.add(decoder, 40));
        }
        List<RecordingSink> sinks = new ArrayList<>();
        for (EngineModel model : models) {
            sinks.add(new RecordingSink());
            engine.submit(model, Generations.greedy(5, 30), sinks.getLast());
        }
        start.release();

        for (RecordingSink sink : sinks) {
            assertThat(sink.awaitEnd()).isEqualTo(FinishReason.LENGTH);
            assertThat(sink.tokens()).hasSize(30);
        }
        assertThat(passes).hasSize(90);
        String all = String.join("", passes);
        assertThat(all).contains("abalone".repeat(20));
    }

    @Test
    void whatFailsOneOfARoundFailsAllOfItAndNothingElse() {
        FakeDecoder good = FakeDecoder.hashing(VOCABULARY, 2_000);
        FakeDecoder bad = FakeDecoder.hashing(VOCABULARY, 2_000);
        good.kin(KIN);
        bad.kin(KIN);
        Semaphore start = new Semaphore(0);
        good.beforePass(batch -> {
            start.acquireUninterruptibly();
            start.release();
        });
        bad.beforePass(batch -> {
            if (batch.rows() == 1) {
                throw new IllegalStateException("broken");
            }
        });
        EngineModel first = engine.add(good, 40);
        EngineModel second = engine.add(bad, 40);
        RecordingSink left = new RecordingSink();
        RecordingSink right = new RecordingSink();
        engine.submit(first, Generations.greedy(5, 30), left);
        engine.submit(second, Generations.greedy(5, 30), right);
        start.release();

        assertThat(left.awaitFailure()).hasMessageContaining("broken");
        assertThat(right.awaitFailure()).hasMessageContaining("broken");
        RecordingSink later = new RecordingSink();
        engine.submit(first, Generations.greedy(5, 30), later);
        assertThat(later.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }
}
