package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.FinishReason;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.model.FakeDecoder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sequences whose model's weights are not there yet. */
@Timeout(60)
class ResidenceTest {

    private static final int VOCABULARY = 96;

    /** A claim that the test answers. */
    private static final class Claim implements Stay {

        private final Runnable changed;
        private final CountDownLatch closed = new CountDownLatch(1);
        private volatile OptionalLong granted = OptionalLong.empty();
        private volatile Optional<EngineException> refused = Optional.empty();

        Claim(Runnable changed) {
            this.changed = changed;
        }

        void grant(long load) {
            granted = OptionalLong.of(load);
            changed.run();
        }

        void refuse(String message) {
            refused = Optional.of(new EngineException(Reason.NO_WEIGHTS, message));
            changed.run();
        }

        @Override
        public OptionalLong granted() {
            return granted;
        }

        @Override
        public Optional<EngineException> refused() {
            return refused;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    private final List<Claim> claims = new CopyOnWriteArrayList<>();
    private final Residence residence =
            changed -> {
                Claim claim = new Claim(changed);
                claims.add(claim);
                return claim;
            };
    private final Engine engine = Engine.start("test", new EngineSettings(4, 32, 60));
    private final EngineModel model =
            engine.add(FakeDecoder.hashing(VOCABULARY, 2_000), 40, residence);

    @AfterEach
    void close() {
        engine.close();
    }

    private RecordingSink submit(int prompt) {
        RecordingSink sink = new RecordingSink();
        engine.submit(model, Generations.greedy(prompt, 20), sink);
        return sink;
    }

    @Test
    void whoWaitsForWeightsHoldsUpNobodyWhoHasThem() throws InterruptedException {
        RecordingSink waiting = submit(5);
        RecordingSink served = submit(6);
        claims.get(1).grant(1);
        assertThat(served.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        assertThat(waiting.tokens()).isEmpty();
        claims.get(0).grant(1);
        assertThat(waiting.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        for (Claim claim : claims) {
            claim.closed.await();
        }
    }

    @Test
    void weightsThatDoNotComeFailTheSequenceWithTheirReason() throws InterruptedException {
        RecordingSink refused = submit(5);
        RecordingSink served = submit(5);
        claims.get(0).refuse("the device is lost");
        claims.get(1).grant(1);
        EngineException failure = refused.awaitFailure();
        assertThat(failure.reason()).isEqualTo(Reason.NO_WEIGHTS);
        assertThat(failure).hasMessage("the device is lost");
        assertThat(served.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        claims.get(0).closed.await();
    }

    @Test
    void keysAndValuesOfAnEarlierLoadingAreNotUsedAgain() {
        RecordingSink first = submit(40);
        claims.get(0).grant(1);
        assertThat(first.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        RecordingSink again = submit(40);
        claims.get(1).grant(1);
        assertThat(again.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        assertThat(again.cached()).isEqualTo(32);
        RecordingSink reloaded = submit(40);
        claims.get(2).grant(2);
        assertThat(reloaded.awaitEnd()).isEqualTo(FinishReason.LENGTH);
        assertThat(reloaded.cached()).isZero();
        assertThat(reloaded.tokens()).isEqualTo(first.tokens());
    }

    @Test
    void whoStopsWaitingGivesTheClaimUp() throws InterruptedException {
        GenerationHandle handle =
                engine.submit(model, Generations.greedy(5, 20), new RecordingSink());
        handle.cancel();
        claims.getFirst().closed.await();
        RecordingSink waiting = submit(5);
        model.close();
        assertThat(waiting.awaitFailure().reason()).isEqualTo(Reason.CLOSED);
        claims.get(1).closed.await();
    }
}
