package io.consort.service.cascade;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.TokenLogprob;
import io.consort.experts.chat.Usage;
import io.consort.router.policy.Escalation;
import io.consort.router.rule.ConfidenceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HoldingTest {

    private static final Escalation PROBABLE = new Escalation(OptionalInt.empty(), 0.8);
    private static final Escalation AGREED = new Escalation(OptionalInt.of(3), 0.8);
    private static final String LOGPROBS =
            "\"logprobs\":{\"content\":[{\"token\":\"a\",\"logprob\":-0.2,\"top_logprobs\":[{\"logprob\":-9}]},"
                    + "{\"token\":\"b\",\"logprob\":-0.4,\"top_logprobs\":[]}]}";

    /** Answers every call by a script and notes the calls. */
    private static final class Scripted implements ChatExpert {
        private final Function<ChatCall, Answer> script;
        private final List<ChatCall> calls = new ArrayList<>();

        Scripted(Function<ChatCall, Answer> script) {
            this.script = script;
        }

        @Override
        public String id() {
            return "scripted";
        }

        @Override
        public CompletionStage<Answer> open(ChatCall call) {
            calls.add(call);
            try {
                return CompletableFuture.completedStage(script.apply(call));
            } catch (ExpertException failure) {
                return CompletableFuture.failedStage(failure);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void probabilitiesAreAskedForReadAndTakenOutAgain() {
        Scripted expert =
                new Scripted(_ ->
                        complete(
                                "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},"
                                        + LOGPROBS
                                        + ",\"finish_reason\":\"stop\"}],\"n\":1.50}"));
        Held held = hold(expert, call(false), PROBABLE);
        assertThat(held.confidence().getAsDouble()).isEqualTo(Math.exp(-0.3), within(1e-9));
        assertThat(held.isConfident(0.7)).isTrue();
        assertThat(held.isConfident(0.8)).isFalse();
        assertThat(held.used()).containsExactly(new Usage(1, 2));
        assertThat(text(held.answer()))
                .isEqualTo(
                        "{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"ab\"},"
                                + "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"n\":1.50}");
        assertThat(new String(expert.calls.getFirst().request().body(), UTF_8))
                .contains("\"logprobs\":true");
        assertThat(expert.calls.getFirst().request().sampling().topLogprobs()).contains(0);
    }

    @Test
    void chunksAreReadTheSameWay() {
        String first =
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}," + LOGPROBS + "}]}";
        String last = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
        Scripted expert = new Scripted(_ -> streaming(verbatim(first), verbatim(last)));
        Held held = hold(expert, call(true), PROBABLE);
        assertThat(held.confidence().getAsDouble()).isEqualTo(Math.exp(-0.3), within(1e-9));
        List<AnswerEvent> events =
                EventReader.of(held.answer()).request(Long.MAX_VALUE).awaitCompletion();
        assertThat(events)
                .map(event -> new String(((AnswerEvent.Verbatim) event).json(), UTF_8))
                .containsExactly(
                        "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":null}]}",
                        last);
    }

    @Test
    void eventsOfOtherExpertsLoseTheirProbabilitiesToo() {
        TokenLogprob token = new TokenLogprob("a", Math.log(0.5), new byte[] {97}, List.of());
        Scripted expert =
                new Scripted(_ ->
                        streaming(
                                new AnswerEvent.Text(0, "a", List.of(token)),
                                new AnswerEvent.Text(0, "", List.of(token)),
                                new AnswerEvent.Finish(0, FinishReason.STOP),
                                new AnswerEvent.Used(new Usage(3, 4))));
        Held held = hold(expert, call(true), PROBABLE);
        assertThat(held.confidence().getAsDouble()).isEqualTo(0.5, within(1e-9));
        assertThat(held.used()).containsExactly(new Usage(3, 4));
        assertThat(EventReader.of(held.answer()).request(Long.MAX_VALUE).awaitCompletion())
                .containsExactly(
                        new AnswerEvent.Text(0, "a", List.of()),
                        new AnswerEvent.Finish(0, FinishReason.STOP),
                        new AnswerEvent.Used(new Usage(3, 4)));
    }

    @Test
    void anAnswerWithoutProbabilitiesIsNotConfident() {
        Scripted expert =
                new Scripted(_ -> complete("{\"choices\":[{\"message\":{\"content\":\"ab\"}}]}"));
        Held held = hold(expert, call(false), PROBABLE);
        assertThat(held.confidence()).isEmpty();
        assertThat(held.isConfident(0)).isFalse();
    }

    @Test
    void samplesThatAgreeAreConfident() {
        Scripted expert =
                new Scripted(call ->
                        complete(
                                "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}"
                                        .formatted(
                                                call.id().endsWith("-2")
                                                        ? "other words"
                                                        : "It is 7.")));
        Held held = hold(expert, call(true), AGREED);
        assertThat(held.confidence()).hasValue(0.5);
        assertThat(held.used()).hasSize(3);
        assertThat(expert.calls).hasSize(3);
        assertThat(expert.calls.getFirst().request().stream()).isTrue();
        assertThat(expert.calls).map(call -> call.request().stream()).endsWith(false, false);
        assertThat(expert.calls)
                .map(call -> new String(call.request().body(), UTF_8))
                .element(2)
                .asString()
                .contains("\"temperature\":0.7", "\"seed\":2", "\"stream\":false");
    }

    @Test
    void samplesThatFailAreNotCounted() {
        Scripted expert =
                new Scripted(call -> {
                    if (call.id().endsWith("-1")) {
                        throw ExpertException.of(ExpertException.Kind.OVERLOADED, "busy");
                    }
                    return complete("{\"choices\":[{\"message\":{\"content\":\"7\"}}]}");
                });
        assertThat(hold(expert, call(false), AGREED).confidence()).hasValue(1);
    }

    @Test
    void whatBreaksOffOrIsGarbledFails() {
        ExpertException broken = ExpertException.of(ExpertException.Kind.UPSTREAM, "gone");
        Scripted breaking =
                new Scripted(_ ->
                        new Answer.Streaming(subscriber -> {
                            subscriber.onSubscribe(
                                    new Flow.Subscription() {
                                        @Override
                                        public void request(long count) {}

                                        @Override
                                        public void cancel() {}
                                    });
                            subscriber.onNext(new AnswerEvent.Text(0, "a", List.of()));
                            subscriber.onError(broken);
                        }));
        assertThatThrownBy(() -> hold(breaking, call(true), PROBABLE))
                .isInstanceOf(CompletionException.class)
                .hasCause(broken);
        assertThatThrownBy(() -> hold(new Scripted(_ -> complete("{]")), call(false), PROBABLE))
                .hasMessageContaining("no JSON object");
        assertThatThrownBy(() ->
                        hold(new Scripted(_ -> streaming(verbatim("{]"))), call(true), PROBABLE))
                .hasMessageContaining("no JSON object");
    }

    @Test
    void anAnswerIsKeptWhereTheEvaluationOfItsRecordedProbabilityKeepsIt() {
        Random random = new Random(5);
        for (int answer = 0; answer < 200; answer++) {
            List<Double> logprobs = random.doubles(1 + random.nextInt(6), -3, 0).boxed().toList();
            Scripted expert = new Scripted(_ -> complete(answer(logprobs)));
            Held held = hold(expert, call(false), PROBABLE);
            double recorded = logprobs.stream().reduce(0.0, Double::sum) / logprobs.size();
            double confidence = ConfidenceRule.confidence(recorded);
            for (double limit : new double[] {confidence, random.nextDouble()}) {
                assertThat(held.isConfident(limit))
                        .isEqualTo(new ConfidenceRule(limit).keeps(confidence));
            }
        }
    }

    private static String answer(List<Double> logprobs) {
        String tokens =
                logprobs.stream()
                        .map("{\"token\":\"a\",\"logprob\":%s}"::formatted)
                        .collect(Collectors.joining(","));
        return ("{\"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"a\"},"
                        + "\"logprobs\":{\"content\":[%s]},\"finish_reason\":\"stop\"}]}")
                .formatted(tokens);
    }

    private static Held hold(ChatExpert expert, ChatCall call, Escalation escalation) {
        return Holding.of(expert, call, escalation).toCompletableFuture().join();
    }

    private static ChatCall call(boolean stream) {
        return ChatRequests.call(ChatRequests.asking("Why?", stream));
    }

    private static Answer complete(String json) {
        return new Answer.Complete(json.getBytes(UTF_8), Optional.of(new Usage(1, 2)));
    }

    private static AnswerEvent verbatim(String json) {
        return new AnswerEvent.Verbatim(json.getBytes(UTF_8), Optional.empty(), false);
    }

    private static Answer streaming(AnswerEvent... events) {
        return new Answer.Streaming(new Replay(List.of(events)));
    }

    private static String text(Answer answer) {
        return new String(((Answer.Complete) answer).json(), UTF_8);
    }
}
