package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.model.FakeDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineRefusalTest {

    private final FakeDecoder decoder = FakeDecoder.hashing(96, 2_000);
    private final Engine engine = Engine.start("test", new EngineSettings(4, 32, 60));
    private final EngineModel model = engine.add(decoder, 40);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aFullLineIsRefusedAndEmptiesAgain() {
        Semaphore passes = new Semaphore(0);
        decoder.beforePass(batch -> passes.acquireUninterruptibly());
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            engine.submit(model, Generations.greedy(3, 2), sink);
        }
        assertThatThrownBy(
                        () -> engine.submit(model, Generations.greedy(3, 2), new RecordingSink()))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
        passes.release(10_000);
        sinks.forEach(RecordingSink::awaitEnd);
        RecordingSink after = new RecordingSink();
        engine.submit(model, Generations.greedy(3, 2), after);
        assertThat(after.awaitEnd()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void whatCannotFitIsRefusedWithTheNumbers() {
        assertThatThrownBy(() ->
                        engine.submit(model, Generations.greedy(600, 50), new RecordingSink()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("600 tokens")
                .hasMessageContaining("640 positions");
        assertThatThrownBy(() ->
                        engine.submit(
                                model, Generations.greedy(new int[] {96}, 1), new RecordingSink()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token 96");
    }

    @Test
    void closingAModelFailsItsSequencesAndRefusesFurtherOnes() {
        RecordingSink sink = new RecordingSink().pauseAfter(1);
        engine.submit(model, Generations.greedy(5, 50), sink);
        sink.awaitTokens(1);
        model.close();
        model.close();

        assertThat(sink.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        assertThatThrownBy(
                        () -> engine.submit(model, Generations.greedy(5, 5), new RecordingSink()))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    }

    @Test
    void closingTheEngineFailsWhatIsUnderWay() {
        RecordingSink sink = new RecordingSink().pauseAfter(1);
        engine.submit(model, Generations.greedy(5, 50), sink);
        sink.awaitTokens(1);
        engine.close();
        engine.close();
        model.close();

        assertThat(sink.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
    }
}
