package io.consort.experts.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private static final GuardSettings SETTINGS =
            new GuardSettings(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    0,
                    new GuardSettings.Breaker(0.5, 4, Duration.ofMillis(100)),
                    100);

    private final ScriptedExpert expert = new ScriptedExpert();
    private final GuardedExpert guarded =
            new GuardedExpert(expert, SETTINGS, new TurnedClock(), false, () -> 0.0);

    @Test
    void anExpertThatFailsTooOftenIsLeftAloneAndTriedAgainLater() throws Exception {
        succeed();
        succeed();
        fail(Kind.UPSTREAM);
        fail(Kind.UNREACHABLE);
        int asked = expert.calls.size();
        assertThat(kindOf(open(call()))).isEqualTo(Kind.CIRCUIT_OPEN);
        assertThat(expert.calls).hasSize(asked);
        assertThat(guarded.inFlight()).isZero();
        awaitHalfOpen();
        expert.last().completes();
        succeed();
    }

    @Test
    void brokenStreamsOpenTheBreaker() {
        for (int i = 0; i < 4; i++) {
            EventReader reader = EventReader.of(streaming());
            reader.request(1);
            expert.last().reader().onError(ExpertException.of(Kind.UNREACHABLE, "broke"));
            reader.awaitFailure();
        }
        assertThat(kindOf(open(call()))).isEqualTo(Kind.CIRCUIT_OPEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"REJECTED", "UNSUPPORTED", "CANCELLED"})
    void whatIsNotTheExpertsFaultDoesNotOpenTheBreaker(Kind kind) {
        for (int i = 0; i < 8; i++) {
            fail(kind);
        }
        succeed();
    }

    @Test
    void anAttemptThatWasAbandonedDoesNotCloseAnOpenBreaker() throws Exception {
        for (int i = 0; i < 4; i++) {
            fail(Kind.UPSTREAM);
        }
        ChatCall probe = awaitHalfOpen();
        probe.cancellation().cancel();
        assertThat(kindOf(open(call()))).isEqualTo(Kind.CIRCUIT_OPEN);
        awaitHalfOpen();
        expert.last().completes();
        succeed();
    }

    /** Calls until the breaker lets one through. */
    private ChatCall awaitHalfOpen() throws InterruptedException {
        int asked = expert.calls.size();
        for (int i = 0; i < 1000; i++) {
            ChatCall call = call();
            guarded.open(call);
            if (expert.calls.size() > asked) {
                return call;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("the breaker stays open");
    }

    private static ChatCall call() {
        return ChatRequests.call(ChatRequests.asking("Hi", true));
    }

    private CompletableFuture<Answer> open(ChatCall call) {
        return guarded.open(call).toCompletableFuture();
    }

    private Answer streaming() {
        CompletableFuture<Answer> opening = open(call());
        expert.last().streams();
        return opening.join();
    }

    private void succeed() {
        CompletableFuture<Answer> opening = open(call());
        expert.last().completes();
        assertThat(opening).isCompleted();
    }

    private void fail(Kind kind) {
        CompletableFuture<Answer> opening = open(call());
        expert.last().fails(ExpertException.of(kind, "failed"));
        assertThat(kindOf(opening)).isEqualTo(kind);
    }

    private static Kind kindOf(CompletableFuture<Answer> opening) {
        assertThat(opening).isCompletedExceptionally();
        return ((ExpertException) opening.exceptionNow()).kind();
    }
}
