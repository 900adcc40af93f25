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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedExpertTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final GuardSettings SETTINGS =
            new GuardSettings(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    2,
                    new GuardSettings.Breaker(1, 20, Duration.ofMillis(50)),
                    3);

    private final ScriptedExpert expert = new ScriptedExpert();
    private final TurnedClock clock = new TurnedClock();
    private final GuardedExpert guarded =
            new GuardedExpert(expert, SETTINGS, clock, false, () -> 0.0);

    @Test
    void aWholeAnswerComesThroughAndFreesItsPlace() {
        CompletableFuture<Answer> opening = open(false);
        assertThat(guarded.inFlight()).isOne();
        expert.last().completes();
        assertThat(opening).isCompletedWithValueMatching(Answer.Complete.class::isInstance);
        assertThat(guarded.inFlight()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void anOverloadedServerIsAskedAgainAfterItsWait() {
        CompletableFuture<Answer> opening = open(true);
        expert.last().fails(overloaded(Optional.of(SECOND.multipliedBy(2))));
        clock.turn(Duration.ofMillis(1999));
        assertThat(expert.calls).hasSize(1);
        clock.turn(Duration.ofMillis(1));
        assertThat(expert.calls).hasSize(2);
        expert.last().streams();
        assertThat(opening).isCompleted();
    }

    @Test
    void aServerThatAsksForTooMuchPatienceIsNotAskedAgain() {
        CompletableFuture<Answer> opening = open(true);
        ExpertException failure = overloaded(Optional.of(Duration.ofSeconds(6)));
        expert.last().fails(failure);
        assertThat(failureOf(opening)).isSameAs(failure);
        assertThat(clock.pending()).isZero();
    }

    @Test
    void waitsDoubleAndEndAfterTheLastAttempt() {
        CompletableFuture<Answer> opening = open(true);
        expert.last().fails(failure(Kind.UNREACHABLE));
        clock.turn(Duration.ofMillis(50));
        assertThat(expert.calls).hasSize(2);
        expert.last().fails(failure(Kind.UNREACHABLE));
        clock.turn(Duration.ofMillis(99));
        assertThat(expert.calls).hasSize(2);
        clock.turn(Duration.ofMillis(1));
        assertThat(expert.calls).hasSize(3);
        expert.last().fails(failure(Kind.UNREACHABLE));
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(guarded.inFlight()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TIMEOUT", "GARBLED", "REJECTED", "UNSUPPORTED", "CANCELLED"})
    void whatWouldFailAgainIsNotRepeated(Kind kind) {
        CompletableFuture<Answer> opening = open(true);
        expert.last().fails(failure(kind));
        assertThat(failureOf(opening).kind()).isEqualTo(kind);
        assertThat(expert.calls).hasSize(1);
    }

    @Test
    void wrongCredentialsAreNotTriedAgain() {
        CompletableFuture<Answer> opening = open(true);
        expert.last()
                .fails(
                        ExpertException.answered(
                                Kind.UPSTREAM, "no", 401, new byte[0], Optional.empty()));
        assertThat(opening).isCompletedExceptionally();
        assertThat(expert.calls).hasSize(1);
    }

    @Test
    void aStreamThatDoesNotBeginInTimeIsGivenUp() {
        CompletableFuture<Answer> opening = open(true);
        clock.turn(Duration.ofMillis(4999));
        assertThat(opening).isNotDone();
        clock.turn(Duration.ofMillis(1));
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(expert.last().cancelled()).isTrue();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void aWholeAnswerMayTakeAsLongAsAnyAnswer() {
        CompletableFuture<Answer> opening = open(false);
        clock.turn(Duration.ofSeconds(59));
        assertThat(opening).isNotDone();
        clock.turn(SECOND);
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void anExpertThatAlwaysStreamsBeginsWholeAnswersAsSoon() {
        GuardedExpert streaming = new GuardedExpert(expert, SETTINGS, clock, true);
        CompletableFuture<Answer> opening = streaming.open(call(false)).toCompletableFuture();
        clock.turn(Duration.ofSeconds(5));
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void noAttemptBeginsAfterTheTimeForTheFirstEvent() {
        CompletableFuture<Answer> opening = open(true);
        clock.turn(Duration.ofMillis(4960));
        expert.last().fails(failure(Kind.UPSTREAM));
        assertThat(opening).isCompletedExceptionally();
        assertThat(expert.calls).hasSize(1);
    }

    @Test
    void callsBeyondTheLimitAreRefusedUntilAStreamHasEnded() {
        EventReader first = EventReader.of(streaming(call(true)));
        streaming(call(true));
        streaming(call(true));
        assertThat(failureOf(open(true)).kind()).isEqualTo(Kind.OVERLOADED);
        assertThat(expert.calls).hasSize(3);
        first.request(1);
        expert.calls.getFirst().says("a").reader().onComplete();
        first.awaitCompletion();
        assertThat(open(true)).isNotDone();
        assertThat(guarded.inFlight()).isEqualTo(3);
    }

    @Test
    void aStreamThatFallsSilentWhileItsReaderWaitsIsBrokenOff() {
        EventReader reader = EventReader.of(streaming(call(true))).request(2);
        expert.last().says("a");
        clock.turn(Duration.ofMillis(2999));
        assertThat(reader.ended()).isFalse();
        clock.turn(Duration.ofMillis(1));
        assertThat(kind(reader.awaitFailure())).isEqualTo(Kind.TIMEOUT);
        assertThat(expert.last().cancelled()).isTrue();
        assertThat(expert.last().subscriptionCancelled).isTrue();
        assertThat(guarded.inFlight()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aReaderThatDoesNotReadIsNotTheExpertsFault() {
        EventReader reader = EventReader.of(streaming(call(true))).request(1);
        expert.last().says("a");
        clock.turn(Duration.ofSeconds(20));
        assertThat(reader.ended()).isFalse();
        reader.request(1);
        clock.turn(Duration.ofMillis(2999));
        assertThat(reader.ended()).isFalse();
        clock.turn(Duration.ofMillis(1));
        assertThat(kind(reader.awaitFailure())).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void aStreamThatGoesOnAndOnIsBrokenOff() {
        EventReader reader = EventReader.of(streaming(call(true))).request(Long.MAX_VALUE);
        for (int i = 0; i < 59; i++) {
            expert.last().says("a");
            clock.turn(SECOND);
        }
        assertThat(reader.ended()).isFalse();
        clock.turn(SECOND);
        assertThat(reader.awaitFailure()).hasMessageContaining("did not finish");
        assertThat(expert.last().cancelled()).isTrue();
    }

    @Test
    void anAnswerThatNobodySubscribesToIsFreedInTheEnd() {
        streaming(call(true));
        clock.turn(Duration.ofSeconds(60));
        assertThat(guarded.inFlight()).isZero();
        assertThat(expert.last().cancelled()).isTrue();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void cancellingTheCallWhileItWaitsForARetryEndsIt() {
        ChatCall call = call(true);
        CompletableFuture<Answer> opening = guarded.open(call).toCompletableFuture();
        expert.last().fails(failure(Kind.UPSTREAM));
        call.cancellation().cancel();
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(clock.pending()).isZero();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void cancellingTheCallCancelsTheAttempt() {
        ChatCall call = call(true);
        CompletableFuture<Answer> opening = guarded.open(call).toCompletableFuture();
        call.cancellation().cancel();
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.CANCELLED);
        assertThat(expert.last().cancelled()).isTrue();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void aCallThatWasCancelledBeforeReachesNobody() {
        ChatCall call = call(true);
        call.cancellation().cancel();
        assertThat(failureOf(guarded.open(call).toCompletableFuture()).kind())
                .isEqualTo(Kind.CANCELLED);
        assertThat(expert.calls).isEmpty();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void closingClosesTheExpert() {
        guarded.close();
        assertThat(expert.closed).isTrue();
    }

    @Test
    void aDefectOfAnExpertIsAFailureToo() {
        CompletableFuture<Answer> opening = open(true);
        expert.last().opening.completeExceptionally(new IllegalStateException("defect"));
        assertThat(failureOf(opening).kind()).isEqualTo(Kind.GARBLED);
    }

    private static ChatCall call(boolean stream) {
        return ChatRequests.call(ChatRequests.asking("Hi", stream));
    }

    private CompletableFuture<Answer> open(boolean stream) {
        return guarded.open(call(stream)).toCompletableFuture();
    }

    private Answer streaming(ChatCall call) {
        CompletableFuture<Answer> opening = guarded.open(call).toCompletableFuture();
        expert.last().streams();
        return opening.join();
    }

    private static ExpertException overloaded(Optional<Duration> retryAfter) {
        return ExpertException.answered(Kind.OVERLOADED, "too much", 429, new byte[0], retryAfter);
    }

    private static ExpertException failure(Kind kind) {
        return ExpertException.of(kind, "failed");
    }

    private static ExpertException failureOf(CompletableFuture<Answer> opening) {
        assertThat(opening).isCompletedExceptionally();
        return (ExpertException) opening.exceptionNow();
    }

    private static Kind kind(Throwable failure) {
        return ((ExpertException) failure).kind();
    }
}
