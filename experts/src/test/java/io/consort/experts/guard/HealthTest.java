package io.consort.experts.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Duration DELAY = Duration.ofSeconds(60);
    private static final Duration PROBE = Duration.ofSeconds(30);

    private final ScriptedExpert expert = new ScriptedExpert();
    private final TurnedClock clock = new TurnedClock();
    private final GuardedExpert guarded = guarded(settings(4, 10, Optional.empty()));

    @Test
    void nothingIsSeenOfAnExpertThatNobodyAsks() {
        assertThat(guarded.health())
                .isEqualTo(
                        new Health(
                                Circuit.CLOSED,
                                0,
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                0));
    }

    @Test
    void latencyIsTheTimeToTheFirstEvent() {
        for (int i = 0; i < 20; i++) {
            answer(Duration.ofMillis(200));
        }
        Health health = guarded.health();
        assertThat(health.attempts()).isEqualTo(20);
        assertThat(health.success()).isEqualTo(1);
        assertThat(health.latency()).contains(Duration.ofMillis(200));
        assertThat(health.median().orElseThrow())
                .isBetween(Duration.ofMillis(200), Duration.ofMillis(226));
        assertThat(health.percentile95()).isEqualTo(health.median());
    }

    @Test
    void failuresLowerTheShareOfSuccess() {
        answer(Duration.ofMillis(1));
        fail(Kind.UPSTREAM);
        assertThat(guarded.health().success()).isEqualTo(0.95, Offset.offset(1e-9));
        fail(Kind.REJECTED);
        assertThat(guarded.health().success()).isGreaterThan(0.95);
    }

    @Test
    void anOpenCircuitIsToldUntilItsDelayIsOver() {
        for (int i = 0; i < 4; i++) {
            fail(Kind.UNREACHABLE);
        }
        assertThat(guarded.circuit()).isEqualTo(Circuit.OPEN);
        clock.turn(DELAY);
        assertThat(guarded.circuit()).isEqualTo(Circuit.HALF_OPEN);
    }

    @Test
    void settingsChangeWhileCallsAreUnderWay() {
        CompletableFuture<Answer> under = open();
        answer(Duration.ofMillis(5));
        guarded.adjust(settings(4, 1, Optional.empty()));
        assertThat(failureOf(open()).kind()).isEqualTo(Kind.OVERLOADED);
        expert.calls.getFirst().streams();
        assertThat(under).isCompleted();
        assertThat(guarded.health().attempts()).isOne();
        guarded.adjust(settings(4, 2, Optional.empty()));
        assertThat(open()).isNotDone();
    }

    @Test
    void aCircuitBreakerWhoseSettingsStayKeepsItsState() {
        for (int i = 0; i < 4; i++) {
            fail(Kind.UNREACHABLE);
        }
        guarded.adjust(settings(4, 99, Optional.empty()));
        assertThat(guarded.circuit()).isEqualTo(Circuit.OPEN);
        guarded.adjust(settings(5, 99, Optional.empty()));
        assertThat(guarded.circuit()).isEqualTo(Circuit.CLOSED);
    }

    @Test
    void anExpertThatNobodyAsksIsProbed() {
        GuardedExpert probed = guarded(settings(4, 10, Optional.of(PROBE)));
        clock.turn(PROBE);
        assertThat(expert.calls).hasSize(1);
        assertThat(expert.last().received.request().stream()).isFalse();
        expert.last().completes();
        assertThat(probed.health().attempts()).isOne();
        clock.turn(PROBE);
        assertThat(expert.calls).hasSize(2);
        expert.last().fails(ExpertException.of(Kind.UNREACHABLE, "gone"));
        assertThat(probed.health().success()).isLessThan(1);
        probed.close();
        clock.turn(PROBE.multipliedBy(3));
        assertThat(expert.calls).hasSize(2);
    }

    @Test
    void anExpertThatIsAskedNeedsNoProbe() {
        GuardedExpert probed = guarded(settings(4, 10, Optional.of(PROBE)));
        for (int i = 0; i < 5; i++) {
            clock.turn(PROBE.dividedBy(2));
            CompletableFuture<Answer> opening =
                    probed.open(ChatRequests.call(ChatRequests.asking("Hi", false)))
                            .toCompletableFuture();
            expert.last().completes();
            assertThat(opening).isCompleted();
        }
        assertThat(expert.calls).hasSize(5);
    }

    @Test
    void probingCanBeSwitchedOnAndOff() {
        guarded.adjust(settings(4, 10, Optional.of(PROBE)));
        clock.turn(PROBE);
        assertThat(expert.calls).hasSize(1);
        expert.last().completes();
        guarded.adjust(settings(4, 10, Optional.empty()));
        clock.turn(PROBE.multipliedBy(3));
        assertThat(expert.calls).hasSize(1);
        assertThat(clock.pending()).isZero();
    }

    private GuardedExpert guarded(GuardSettings settings) {
        return new GuardedExpert(expert, settings, clock, false, () -> 0.0);
    }

    private static GuardSettings settings(int window, int concurrency, Optional<Duration> probe) {
        return new GuardSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                0,
                new GuardSettings.Breaker(1, window, DELAY),
                concurrency,
                false,
                probe);
    }

    private CompletableFuture<Answer> open() {
        return guarded.open(ChatRequests.call(ChatRequests.asking("Hi", true)))
                .toCompletableFuture();
    }

    private void answer(Duration after) {
        CompletableFuture<Answer> opening = open();
        clock.turn(after);
        expert.last().streams();
        EventReader reader = EventReader.of(opening.join()).request(1);
        expert.last().says("a").reader().onComplete();
        reader.awaitCompletion();
    }

    private void fail(Kind kind) {
        CompletableFuture<Answer> opening = open();
        expert.last().fails(ExpertException.of(kind, "failed"));
        assertThat(failureOf(opening).kind()).isEqualTo(kind);
    }

    private static ExpertException failureOf(CompletableFuture<Answer> opening) {
        assertThat(opening).isCompletedExceptionally();
        return (ExpertException) opening.exceptionNow();
    }
}
