package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.Message;
import io.consort.experts.chat.Sampling;
import io.consort.experts.chat.TokenLogprob;
import io.consort.experts.chat.Usage;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.model.FakeDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LocalExpertTest {

    private static final int END = 256;
    private static final byte[] SAID =
            "It is 85, \u00FCh \u20AC9.".getBytes(StandardCharsets.UTF_8);
    private static final String PROMPT = "Say something";

    private final Engine engine = Engine.start("test", new EngineSettings(8, 64, 8));
    private final FakeDecoder reciting =
            new FakeDecoder(
                    300,
                    128,
                    Set.of(END),
                    tokens ->
                            tokens.length - PROMPT.length() < SAID.length
                                    ? SAID[Math.max(0, tokens.length - PROMPT.length())] & 0xFF
                                    : END);
    private final EngineModel engineModel = engine.add(reciting, 64);
    private final LocalExpert expert = LocalModels.expert(engine, engineModel);

    @AfterEach
    void close() {
        expert.close();
        engine.close();
    }

    @Test
    void anAnswerIsTextThenItsFinishThenItsUsage() {
        List<AnswerEvent> events = answer(Sampling.DEFAULT, 1);

        assertThat(text(events, 0)).isEqualTo("It is 85, \u00FCh \u20AC9.");
        assertThat(events.getLast())
                .isEqualTo(new AnswerEvent.Used(new Usage(PROMPT.length(), SAID.length + 1)));
        assertThat(events.get(events.size() - 2))
                .isEqualTo(new AnswerEvent.Finish(0, FinishReason.STOP));
    }

    @Test
    void aStopTextAcrossTokensEndsTheAnswer() {
        List<AnswerEvent> events =
                answer(sampling(OptionalInt.empty(), List.of("never", "85, "), 0), 1);

        assertThat(text(events, 0)).isEqualTo("It is ");
        assertThat(events).contains(new AnswerEvent.Finish(0, FinishReason.STOP));
    }

    @Test
    void theLimitOfTokensEndsTheAnswerAndReleasesWhatWasHeldBack() {
        List<AnswerEvent> events = answer(sampling(OptionalInt.of(8), List.of("85, "), 0), 1);

        assertThat(text(events, 0)).isEqualTo("It is 85");
        assertThat(events).contains(new AnswerEvent.Finish(0, FinishReason.LENGTH));
        assertThat(events.getLast()).isEqualTo(new AnswerEvent.Used(new Usage(PROMPT.length(), 8)));
    }

    @Test
    void severalChoicesAreAnsweredAndCountedTogether() {
        List<AnswerEvent> events = answer(sampling(OptionalInt.of(8), List.of(), 0), 3);

        for (int choice = 0; choice < 3; choice++) {
            assertThat(text(events, choice)).isEqualTo("It is 85");
            assertThat(events).contains(new AnswerEvent.Finish(choice, FinishReason.LENGTH));
        }
        assertThat(events.getLast())
                .isEqualTo(new AnswerEvent.Used(new Usage(PROMPT.length(), 24)));
    }

    @Test
    void choicesThatAreDrawnDifferAndASeedGivesThemAgain() {
        FakeDecoder hashing = FakeDecoder.hashing(128, 128);
        LocalExpert other = LocalModels.expert(engine, hashing, 64);
        Sampling drawn = sampling(OptionalInt.of(20), List.of(), 3);
        List<AnswerEvent> first = answer(other, drawn, 2);

        assertThat(text(first, 0)).isNotEqualTo(text(first, 1));
        List<AnswerEvent> second = answer(other, drawn, 2);
        assertThat(text(second, 0)).isEqualTo(text(first, 0));
        assertThat(text(second, 1)).isEqualTo(text(first, 1));
        other.close();
    }

    @Test
    void anAnswerThatEndsAtOnceIsEmptyAndFinishes() {
        FakeDecoder silent = new FakeDecoder(300, 128, Set.of(END), tokens -> END);
        LocalExpert other = LocalModels.expert(engine, silent, 64);

        assertThat(answer(other, Sampling.DEFAULT, 1))
                .containsExactly(
                        new AnswerEvent.Finish(0, FinishReason.STOP),
                        new AnswerEvent.Used(new Usage(PROMPT.length(), 1)));
        other.close();
    }

    @Test
    void logProbabilitiesComeWithTheTextTheyBelongTo() {
        Sampling asked =
                new Sampling(
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalInt.of(12),
                        List.of(),
                        Optional.of(2));
        List<AnswerEvent.Text> texts =
                answer(asked, 1).stream()
                        .filter(AnswerEvent.Text.class::isInstance)
                        .map(AnswerEvent.Text.class::cast)
                        .toList();

        AnswerEvent.Text umlaut = texts.get(10);
        assertThat(umlaut.text()).isEqualTo("\u00FC");
        assertThat(umlaut.logprobs())
                .extracting(TokenLogprob::bytes)
                .containsExactly(new byte[] {(byte) 0xC3}, new byte[] {(byte) 0xBC});
        assertThat(umlaut.logprobs().getFirst().alternatives()).hasSize(2);
        assertThat(umlaut.logprobs().getFirst().logprob()).isNegative();
    }

    @Test
    void aConversationThatIsTooLongIsRefusedWithTheNumbers() {
        ExpertException refusal = refusal(ChatRequests.asking("x".repeat(200), true));

        assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refusal.parameter()).contains("messages");
        assertThat(refusal).hasMessageContaining("200 tokens").hasMessageContaining("128");
    }

    @Test
    void anEmptyConversationIsRefused() {
        ExpertException refusal = refusal(ChatRequests.asking("", true));

        assertThat(refusal.parameter()).contains("messages");
    }

    @Test
    void whatALocalExpertCannotHonourIsRefusedByName() {
        ExpertException refusal =
                refusal(ChatRequests.asking("hi", true, 1, Set.of("tools"), body -> {}));

        assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(refusal.parameter()).contains("tools");
        assertThat(refusal).hasMessageContaining("`tools`");
    }

    @Test
    void aModelThatFailsLetsAnotherExpertBeAsked() {
        reciting.beforePass(batch -> {
            throw new IllegalStateException("broken weights");
        });
        ExpertException failure = refusal(ChatRequests.asking(PROMPT, true));

        assertThat(failure.kind().fallsBack()).isTrue();
        assertThat(failure).hasMessageContaining("broken weights");
    }

    @Test
    void moreCallsThanTheLineHoldsAreRefusedAndTheRestIsAnswered() {
        List<CompletableFuture<Answer>> opened =
                java.util.stream.IntStream.range(0, 24)
                        .mapToObj(i ->
                                expert.open(
                                                ChatRequests.call(
                                                        request(
                                                                sampling(
                                                                        OptionalInt.empty(),
                                                                        List.of(),
                                                                        0),
                                                                1)))
                                        .toCompletableFuture())
                        .toList();
        List<Throwable> failures =
                opened.stream().map(LocalExpertTest::failureOf).flatMap(Optional::stream).toList();

        assertThat(failures).hasSizeLessThanOrEqualTo(8);
        assertThat(failures)
                .allSatisfy(failure ->
                        assertThat(((ExpertException) failure).kind()).isEqualTo(Kind.OVERLOADED));
    }

    @Test
    void aCallThatWaitsInTheLinePastItsTimeIsRefusedThereAndNeverComputed() {
        Semaphore entered = new Semaphore(0);
        Semaphore passes = new Semaphore(0);
        reciting.beforePass(batch -> {
            entered.release();
            passes.acquireUninterruptibly();
        });
        CompletableFuture<Answer> busy =
                expert.open(ChatRequests.call(request(Sampling.DEFAULT, 1))).toCompletableFuture();
        entered.acquireUninterruptibly();
        List<Integer> sequences = new CopyOnWriteArrayList<>();
        reciting.beforePass(batch -> sequences.add(batch.parts().size()));
        LocalExpert hasty = LocalModels.expert(engine, engineModel, Duration.ofNanos(1));
        CompletableFuture<Answer> late =
                hasty.open(ChatRequests.call(request(Sampling.DEFAULT, 1))).toCompletableFuture();
        passes.release();

        ExpertException refusal = (ExpertException) failureOf(late).orElseThrow();
        assertThat(refusal.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(refusal).hasMessageContaining("deadline has passed");
        EventReader.of(busy.orTimeout(20, TimeUnit.SECONDS).join())
                .request(Long.MAX_VALUE)
                .awaitCompletion();
        assertThat(sequences).isNotEmpty().containsOnly(1);
    }

    @Test
    void aFailureInMidStreamComesAfterTheEventsThatAreThere() {
        FakeDecoder endless = new FakeDecoder(300, 512, Set.of(), tokens -> 'a');
        EngineModel endlessModel = engine.add(endless, 64);
        LocalExpert other = LocalModels.expert(engine, endlessModel);
        EventReader reader = EventReader.of(opened(other, request(Sampling.DEFAULT, 1)));
        endlessModel.close();
        reader.request(Long.MAX_VALUE);

        assertThat(reader.awaitFailure()).isInstanceOf(ExpertException.class);
        assertThat(reader.events()).isNotEmpty();
        other.close();
    }

    private List<AnswerEvent> answer(Sampling sampling, int choices) {
        return answer(expert, sampling, choices);
    }

    private static List<AnswerEvent> answer(LocalExpert asked, Sampling sampling, int choices) {
        return EventReader.of(opened(asked, request(sampling, choices)))
                .request(Long.MAX_VALUE)
                .awaitCompletion();
    }

    private static Answer opened(LocalExpert asked, ChatRequest request) {
        return asked.open(ChatRequests.call(request))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private ExpertException refusal(ChatRequest request) {
        CompletableFuture<Answer> opening =
                expert.open(new ChatCall("id", request, new Cancellation())).toCompletableFuture();
        return (ExpertException) failureOf(opening).orElseThrow();
    }

    private static Optional<Throwable> failureOf(CompletableFuture<Answer> opening) {
        return opening.orTimeout(20, TimeUnit.SECONDS)
                .handle((answer, failure) -> Optional.ofNullable(failure))
                .join();
    }

    private static ChatRequest request(Sampling sampling, int choices) {
        return new ChatRequest(
                List.of(new Message("user", PROMPT)),
                sampling,
                true,
                false,
                choices,
                Set.of(),
                new byte[0]);
    }

    private static Sampling sampling(OptionalInt maxTokens, List<String> stop, double temperature) {
        return new Sampling(
                OptionalDouble.of(temperature),
                OptionalDouble.empty(),
                OptionalInt.empty(),
                OptionalLong.of(99),
                maxTokens,
                stop,
                Optional.empty());
    }

    private static String text(List<AnswerEvent> events, int choice) {
        return events.stream()
                .filter(AnswerEvent.Text.class::isInstance)
                .map(AnswerEvent.Text.class::cast)
                .filter(text -> text.choice() == choice)
                .map(AnswerEvent.Text::text)
                .collect(Collectors.joining());
    }
}
