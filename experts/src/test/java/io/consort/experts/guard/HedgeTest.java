package io.consort.experts.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.GuardSettings;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HedgeTest {

    private static final Duration USUAL = Duration.ofMillis(100);
    private static final Duration SLOW = Duration.ofMillis(102);
    private static final GuardSettings PLAIN =
            new GuardSettings(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(3),
                    0,
                    new GuardSettings.Breaker(1, 1000, Duration.ofSeconds(1)),
                    4);
    private static final GuardSettings HEDGED =
            new GuardSettings(
                    PLAIN.timeout(),
                    PLAIN.firstToken(),
                    PLAIN.betweenTokens(),
                    PLAIN.retries(),
                    PLAIN.breaker(),
                    PLAIN.concurrency(),
                    true,
                    Optional.empty());

    private final ScriptedExpert expert = new ScriptedExpert();
    private final TurnedClock clock = new TurnedClock();
    private final GuardedExpert guarded =
            new GuardedExpert(expert, HEDGED, clock, false, () -> 0.0);
    private final List<Boolean> seen = new ArrayList<>();

    /** Lets the guard learn how long the expert takes. */
    @BeforeEach
    void learn() {
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Answer> opening = open();
            clock.turn(USUAL);
            read(opening, expert.last());
        }
        expert.calls.clear();
    }

    @Test
    void theSecondCallAnswersWhereTheFirstIsSlow() {
        CompletableFuture<Answer> opening = open();
        ScriptedExpert.Call first = expert.last();
        clock.turn(USUAL);
        assertThat(expert.calls).hasSize(1);
        clock.turn(Duration.ofMillis(2));
        assertThat(expert.calls).hasSize(2);
        assertThat(guarded.inFlight()).isEqualTo(2);
        read(opening, expert.last());
        assertThat(first.cancelled()).isTrue();
        assertThat(seen).containsExactly(true);
        assertThat(guarded.inFlight()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void theFirstMayStillBeFaster() {
        CompletableFuture<Answer> opening = open();
        clock.turn(SLOW);
        read(opening, expert.calls.getFirst());
        assertThat(expert.calls.getLast().cancelled()).isTrue();
        assertThat(seen).containsExactly(false);
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void anAnswerThatComesAfterTheOtherIsNotHeard() {
        CompletableFuture<Answer> opening = open();
        clock.turn(SLOW);
        expert.calls.getLast().streams();
        expert.calls.getFirst().streams();
        EventReader reader = EventReader.of(opening.join()).request(1);
        expert.calls.getLast().says("a").reader().onComplete();
        assertThat(reader.awaitCompletion()).hasSize(1);
        assertThat(expert.calls.getFirst().subscriber).isNull();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void oneFailureOfTwoIsNotTheEnd() {
        CompletableFuture<Answer> opening = open();
        clock.turn(SLOW);
        expert.calls.getFirst().fails(ExpertException.of(Kind.UPSTREAM, "no"));
        assertThat(opening).isNotDone();
        assertThat(guarded.inFlight()).isOne();
        read(opening, expert.calls.getLast());
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void twoFailuresAreOne() {
        CompletableFuture<Answer> opening = open();
        clock.turn(SLOW);
        expert.calls.getLast().fails(ExpertException.of(Kind.UNREACHABLE, "no"));
        expert.calls.getFirst().fails(ExpertException.of(Kind.UPSTREAM, "no"));
        assertThat(((ExpertException) opening.exceptionNow()).kind()).isEqualTo(Kind.UPSTREAM);
        assertThat(guarded.inFlight()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void aRejectionEndsBoth() {
        CompletableFuture<Answer> opening = open();
        clock.turn(SLOW);
        expert.calls.getFirst().fails(ExpertException.of(Kind.REJECTED, "no"));
        assertThat(opening).isCompletedExceptionally();
        assertThat(expert.calls.getLast().cancelled()).isTrue();
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void cancellingTheCallCancelsBoth() {
        Cancellation cancellation = new Cancellation();
        CompletableFuture<Answer> opening = open(cancellation);
        clock.turn(SLOW);
        cancellation.cancel();
        assertThat(opening).isCompletedExceptionally();
        assertThat(expert.calls).hasSize(2).allMatch(ScriptedExpert.Call::cancelled);
        assertThat(guarded.inFlight()).isZero();
        assertThat(clock.pending()).isZero();
    }

    @Test
    void atMostATenthOfTheCallsAreDoubled() {
        int before = 10;
        int calls = 200;
        for (int i = 0; i < calls; i++) {
            CompletableFuture<Answer> opening = open();
            clock.turn(SLOW);
            read(opening, expert.last());
        }
        assertThat(expert.calls.size() - calls).isPositive();
        assertThat(expert.calls.size() - calls).isLessThanOrEqualTo(before + calls / 10);
    }

    @Test
    void noSecondCallIsMadeBeyondTheConcurrency() {
        List<CompletableFuture<Answer>> openings = new ArrayList<>();
        for (int i = 0; i < HEDGED.concurrency(); i++) {
            openings.add(open());
        }
        clock.turn(SLOW);
        assertThat(expert.calls).hasSize(HEDGED.concurrency());
        for (int i = 0; i < openings.size(); i++) {
            read(openings.get(i), expert.calls.get(i));
        }
        assertThat(guarded.inFlight()).isZero();
    }

    @Test
    void whoDoesNotWantItIsNotDoubled() {
        guarded.adjust(PLAIN);
        CompletableFuture<Answer> opening = open();
        clock.turn(Duration.ofSeconds(4));
        assertThat(expert.calls).hasSize(1);
        read(opening, expert.last());
        assertThat(seen).isEmpty();
    }

    private CompletableFuture<Answer> open() {
        return open(new Cancellation());
    }

    private CompletableFuture<Answer> open(Cancellation cancellation) {
        return guarded.open(
                        new ChatCall(
                                "id",
                                ChatRequests.asking("Hi", true),
                                cancellation,
                                (_, second) -> seen.add(second)))
                .toCompletableFuture();
    }

    private static void read(CompletableFuture<Answer> opening, ScriptedExpert.Call call) {
        call.streams();
        EventReader reader = EventReader.of(opening.join()).request(1);
        call.says("a").reader().onComplete();
        reader.awaitCompletion();
    }
}
