package io.consort.experts.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every chat expert must do. A test of an expert extends this and says how to get experts that
 * answer, and what their server or engine is doing.
 */
public abstract class ChatExpertContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** An expert that answers any question briefly, in at least three events, and reports usage. */
    protected abstract ChatExpert expert();

    /** An expert whose streamed answers have no end that a test could wait for. */
    protected abstract ChatExpert endlessExpert();

    /** Answers that the server or engine behind the experts is working on. */
    protected abstract int working();

    /** Pieces of answers that the server or engine behind the experts has made so far. */
    protected abstract long made();

    /** Pieces that may be made at most while the reader asks for nothing. */
    protected long mostMadeUnasked() {
        return 200_000;
    }

    @Test
    public void aWholeAnswerHasTextAFinishAndUsage() {
        ReadAnswer answer = ReadAnswer.of(opened(expert(), request(false)));
        assertThat(answer.text()).isNotBlank();
        assertThat(answer.finishes()).hasSize(1).first().isIn("stop", "length");
        assertThat(answer.usage())
                .get()
                .satisfies(usage -> {
                    assertThat(usage.promptTokens()).isPositive();
                    assertThat(usage.completionTokens()).isPositive();
                });
    }

    @Test
    public void aStreamedAnswerEndsWithItsFinishAndThenItsUsage() {
        Answer answer = opened(expert(), request(true));
        assertThat(answer).isInstanceOf(Answer.Streaming.class);
        ReadAnswer read = ReadAnswer.of(answer);
        assertThat(read.text()).isNotBlank();
        assertThat(read.finishes()).hasSize(1).first().isIn("stop", "length");
        assertThat(read.usage()).isPresent();
        assertThat(read.usageLast()).isTrue();
    }

    @Test
    public void eventsComeOnlyAsManyAsAreAskedFor() {
        EventReader reader = EventReader.of(opened(endlessExpert(), request(true)));
        reader.request(1).await(1);
        awaitStandstill();
        assertThat(reader.events()).hasSize(1);
        reader.request(3).await(4);
        awaitStandstill();
        assertThat(reader.events()).hasSize(4);
        reader.cancel();
        awaitIdle();
    }

    @Test
    public void aReaderThatAsksForNothingStopsTheProducer() {
        long before = made();
        EventReader reader = EventReader.of(opened(endlessExpert(), request(true)));
        awaitStandstill();
        assertThat(made() - before).isLessThan(mostMadeUnasked());
        assertThat(reader.events()).isEmpty();
        reader.cancel();
        awaitIdle();
    }

    @Test
    public void cancellingTheCallRightAwayFreesWhatItHolds() {
        ChatCall call = ChatRequests.call(request(true));
        CompletionStage<Answer> opening = endlessExpert().open(call);
        call.cancellation().cancel();
        Throwable failure = outcome(opening);
        assertThat(kind(failure)).isEqualTo(Kind.CANCELLED);
        awaitIdle();
    }

    @Test
    public void aCallThatWasCancelledBeforeFails() {
        ChatCall call = ChatRequests.call(request(true));
        call.cancellation().cancel();
        assertThat(kind(failureOf(endlessExpert().open(call)))).isEqualTo(Kind.CANCELLED);
        awaitIdle();
    }

    @Test
    public void cancellingTheCallInMidStreamEndsTheStreamAndFreesWhatItHolds() {
        ChatCall call = ChatRequests.call(request(true));
        EventReader reader = EventReader.of(opened(endlessExpert(), call));
        reader.request(3).await(3);
        call.cancellation().cancel();
        assertThat(kind(reader.awaitFailure())).isEqualTo(Kind.CANCELLED);
        awaitIdle();
        assertThat(reader.signalsAfterEnd()).isZero();
    }

    @Test
    public void cancellingTheSubscriptionInMidStreamFreesWhatItHolds() {
        EventReader reader = EventReader.of(opened(endlessExpert(), request(true)));
        reader.request(3).await(3);
        reader.cancel();
        awaitIdle();
        reader.cancel();
        assertThat(reader.events()).hasSize(3);
    }

    @Test
    public void severalChoicesAreGivenOrRefusedByName() {
        ChatRequest request = ChatRequests.asking("Say something", true, 2, Set.of(), _ -> {});
        CompletionStage<Answer> opening = expert().open(ChatRequests.call(request));
        Optional<Throwable> failure = failureIfAny(opening);
        if (failure.isEmpty()) {
            assertThat(ReadAnswer.of(await(opening)).choices()).containsExactly(0, 1);
            return;
        }
        assertThat(failure.get())
                .isInstanceOfSatisfying(
                        ExpertException.class,
                        refusal -> {
                            assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED);
                            assertThat(refusal.parameter()).contains("n");
                        });
    }

    @Test
    public void aSecondSubscriberIsRefusedAndTheFirstReadsOn() {
        Answer answer = opened(expert(), request(true));
        EventReader first = EventReader.of(answer);
        EventReader second = EventReader.of(answer);
        assertThat(second.awaitFailure()).isInstanceOf(IllegalStateException.class);
        assertThat(first.request(Long.MAX_VALUE).awaitCompletion()).isNotEmpty();
    }

    @Test
    public void manyCallsAreAnsweredAtOnce() {
        ChatExpert expert = expert();
        List<CompletionStage<Answer>> openings =
                IntStream.range(0, 8)
                        .mapToObj(_ -> expert.open(ChatRequests.call(request(true))))
                        .toList();
        assertThat(openings)
                .allSatisfy(
                        opening -> assertThat(ReadAnswer.of(await(opening)).text()).isNotBlank());
    }

    @Test
    public void closingEndsCallsInFlightAndMayBeRepeated() {
        ChatExpert expert = endlessExpert();
        EventReader reader = EventReader.of(opened(expert, ChatRequests.call(request(true))));
        reader.request(Long.MAX_VALUE).await(2);
        expert.close();
        assertThat(reader.awaitFailure()).isInstanceOf(ExpertException.class);
        assertThatCode(expert::close).doesNotThrowAnyException();
        assertThat(failureOf(expert.open(ChatRequests.call(request(true)))))
                .isInstanceOf(ExpertException.class);
        awaitIdle();
    }

    /** The request that the tests make. */
    protected ChatRequest request(boolean stream) {
        return ChatRequests.asking("Say something", stream);
    }

    private static Answer opened(ChatExpert expert, ChatRequest request) {
        return opened(expert, ChatRequests.call(request));
    }

    private static Answer opened(ChatExpert expert, ChatCall call) {
        return await(expert.open(call));
    }

    /** What a stage gives; fails the test when it gives nothing. */
    protected static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError("nothing came", late);
        } catch (ExecutionException failed) {
            throw new AssertionError("failed: " + failed.getCause(), failed.getCause());
        }
    }

    /** How a stage fails; fails the test when it does not. */
    protected static Throwable failureOf(CompletionStage<?> stage) {
        return await(
                stage.handle((value, failure) -> {
                    if (failure == null) {
                        throw new AssertionError("succeeded with " + value);
                    }
                    return failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                }));
    }

    /** The failure of an opening, or of the stream that it gave before it was cancelled. */
    private static Throwable outcome(CompletionStage<Answer> opening) {
        return failureIfAny(opening).orElseGet(() -> EventReader.of(await(opening)).awaitFailure());
    }

    private static Optional<Throwable> failureIfAny(CompletionStage<?> stage) {
        return await(stage.handle((_, thrown) -> Optional.ofNullable(thrown)));
    }

    private static Kind kind(Throwable failure) {
        assertThat(failure).isInstanceOf(ExpertException.class);
        return ((ExpertException) failure).kind();
    }

    private void awaitIdle() {
        awaitUntil(() -> working() == 0, "work goes on");
    }

    /** Waits until no more is made for a while. */
    private void awaitStandstill() {
        long[] last = {-1, 0};
        awaitUntil(
                () -> {
                    long now = made();
                    last[1] = now == last[0] ? last[1] + 1 : 0;
                    last[0] = now;
                    return last[1] >= 15;
                },
                "production does not stop");
    }

    private static void awaitUntil(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(otherwise);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
