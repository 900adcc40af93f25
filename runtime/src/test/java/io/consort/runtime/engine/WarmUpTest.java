package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.FakeDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WarmUpTest {

    private static final Duration LONG = Duration.ofDays(1);

    private final FakeDecoder decoder = FakeDecoder.hashing(96, 2_000);
    private final Engine engine = Engine.start("test", new EngineSettings(4, 32, 60));
    private final EngineModel model = engine.add(decoder, 40);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aModelThatWarmsUpAnswersAtOnceAndGoesOnWarmingAfterwards() throws InterruptedException {
        CountDownLatch warming = new CountDownLatch(1);
        decoder.beforePass(batch -> warming.countDown());
        model.warmUp(LONG);
        warming.await();

        RecordingSink sink = new RecordingSink();
        engine.submit(model, Generations.greedy(5, 20), sink);
        assertThat(sink.awaitEnd()).isEqualTo(FinishReason.LENGTH);

        CountDownLatch again = new CountDownLatch(1);
        decoder.beforePass(batch -> {
            if (isMadeUp(batch)) {
                again.countDown();
            }
        });
        again.await();
    }

    @Test
    void aModelThatIsClosedWarmsUpNoMore() throws InterruptedException {
        CountDownLatch warming = new CountDownLatch(1);
        decoder.beforePass(batch -> warming.countDown());
        EngineModel other = engine.add(decoder, 4);
        model.warmUp(LONG);
        warming.await();
        model.close();
        AtomicInteger madeUp = new AtomicInteger();
        decoder.beforePass(batch -> madeUp.addAndGet(isMadeUp(batch) ? 1 : 0));
        RecordingSink sink = new RecordingSink();
        engine.submit(other, Generations.greedy(5, 20), sink);
        sink.awaitEnd();
        engine.close();
        assertThat(madeUp).hasValue(0);
    }

    @Test
    void aWarmUpThatFailsLeavesTheModelInUse() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(1);
        decoder.beforePass(batch -> {
            if (isMadeUp(batch)) {
                failed.countDown();
                throw new IllegalStateException("cold");
            }
        });
        model.warmUp(LONG);
        failed.await();
        RecordingSink sink = new RecordingSink();
        engine.submit(model, Generations.greedy(5, 20), sink);
        assertThat(sink.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    private static boolean isMadeUp(Batch batch) {
        return Arrays.stream(batch.parts().getFirst().tokens()).allMatch(token -> token == 0);
    }
}
