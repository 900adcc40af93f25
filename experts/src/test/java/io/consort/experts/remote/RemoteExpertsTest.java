package io.consort.experts.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.consort.experts.guard.GuardedExpert;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Guarded experts with real timers and a real network. */
class RemoteExpertsTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final GuardSettings QUICK =
            new GuardSettings(
                    Duration.ofSeconds(20),
                    Duration.ofMillis(800),
                    Duration.ofMillis(400),
                    2,
                    GuardSettings.DEFAULT.breaker(),
                    2);
    private static final GuardSettings PATIENT =
            new GuardSettings(
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    2,
                    GuardSettings.DEFAULT.breaker(),
                    2);

    private static final GuardSettings HEDGED =
            new GuardSettings(
                    PATIENT.timeout(),
                    PATIENT.firstToken(),
                    PATIENT.betweenTokens(),
                    0,
                    PATIENT.breaker(),
                    20,
                    true,
                    Optional.empty());

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aServerThatFailsTwiceIsAskedUntilItAnswers() {
        try (var server =
                MisbehavingServer.playing((request, wire) -> {
                    switch (request.number()) {
                        case 0 -> wire.respond("500 X", "", "broken");
                        case 1 -> wire.respond("429 X", "retry-after-ms: 30\r\n", "slow down");
                        default -> wire.stream(Recorded.bytes("openai-stream.sse"), 100);
                    }
                })) {
            EventReader reader = EventReader.of(opened(open(server, PATIENT)));
            assertThat(reader.request(Long.MAX_VALUE).awaitCompletion()).hasSize(5);
            assertThat(server.received()).hasSize(3);
        }
    }

    @Test
    void everyCallThatTheGuardLetsThroughHasAConnection() {
        int calls = 40;
        GuardSettings roomy =
                new GuardSettings(
                        PATIENT.timeout(),
                        PATIENT.firstToken(),
                        PATIENT.betweenTokens(),
                        0,
                        PATIENT.breaker(),
                        calls);
        try (var server = MisbehavingServer.playing((_, wire) -> wire.hang());
                ChatExpert expert = expert(server, roomy)) {
            for (int i = 0; i < calls; i++) {
                CompletableFuture<Answer> opening = ask(expert);
                assertThat(opening).isNotDone();
            }
            server.awaitPlaying(calls);
        }
    }

    @Test
    void aServerThatHangsBeforeItsFirstByteIsGivenUp() {
        try (var server = MisbehavingServer.playing((_, wire) -> wire.hang())) {
            assertThat(failure(open(server, QUICK)).kind()).isEqualTo(Kind.TIMEOUT);
            server.awaitPlaying(0);
            assertThat(server.received()).hasSize(1);
        }
    }

    @Test
    void aServerThatHangsInMidStreamIsBrokenOff() {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.beginStream()
                                .event(Recorded.data("openai-stream.sse").get(1))
                                .hang())) {
            EventReader reader = EventReader.of(opened(open(server, QUICK)));
            Throwable failure = reader.request(Long.MAX_VALUE).awaitFailure();
            assertThat(((ExpertException) failure).kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(reader.events()).hasSize(1);
            server.awaitPlaying(0);
        }
    }

    @Test
    void answersThatAreBeingGivenCountAgainstTheLimit() {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.beginStream()
                                .event(Recorded.data("openai-stream.sse").get(1))
                                .hang())) {
            ChatExpert expert = expert(server, PATIENT);
            EventReader first = EventReader.of(opened(ask(expert)));
            EventReader.of(opened(ask(expert)));
            assertThat(failure(ask(expert)).kind()).isEqualTo(Kind.OVERLOADED);
            first.cancel();
            assertThat(opened(ask(expert))).isInstanceOf(Answer.Streaming.class);
            expert.close();
        }
    }

    @Test
    void aServerThatHangsOnOneCallAnswersTheSecondAndLosesTheFirst() {
        AtomicBoolean hangs = new AtomicBoolean();
        try (var server =
                MisbehavingServer.playing((_, wire) -> {
                    if (hangs.getAndSet(false)) {
                        wire.hang();
                    }
                    wire.stream(Recorded.bytes("openai-stream.sse"), 100);
                })) {
            ChatExpert expert = expert(server, HEDGED);
            for (int i = 0; i < 40; i++) {
                EventReader.of(opened(ask(expert))).request(Long.MAX_VALUE).awaitCompletion();
            }
            int before = server.received().size();
            hangs.set(true);
            EventReader last = EventReader.of(opened(ask(expert)));
            assertThat(last.request(Long.MAX_VALUE).awaitCompletion()).hasSize(5);
            assertThat(hangs).isFalse();
            assertThat(server.received()).hasSizeGreaterThanOrEqualTo(before + 2);
            server.awaitPlaying(0);
            expert.close();
        }
    }

    @Test
    void aLimitThatIsRaisedFindsConnections() {
        try (var server = MisbehavingServer.playing((_, wire) -> wire.hang());
                GuardedExpert expert = expert(server, PATIENT)) {
            expert.adjust(HEDGED);
            for (int i = 0; i < HEDGED.concurrency(); i++) {
                assertThat(ask(expert)).isNotDone();
            }
            server.awaitPlaying(HEDGED.concurrency());
        }
    }

    @Test
    void aLocalExpertIsMadeByTheFunctionThatIsGiven() {
        Expert local =
                new Expert(
                        "here",
                        new ExpertSource.Local(Path.of("checkpoint")),
                        OptionalLong.empty(),
                        Price.FREE,
                        GuardSettings.DEFAULT);
        assertThatThrownBy(() -> RemoteExperts.open(local, VERTX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("experts.here");
        try (var server = MisbehavingServer.playing((_, _) -> {});
                ChatExpert opened =
                        RemoteExperts.open(
                                local, VERTX, _ -> TestExperts.openAi(server.baseUrl(), VERTX))) {
            assertThat(opened.id()).isEqualTo("tested");
        }
    }

    private static GuardedExpert expert(MisbehavingServer server, GuardSettings guard) {
        return RemoteExperts.open(
                new Expert(
                        "remote",
                        TestExperts.source(server.baseUrl()),
                        OptionalLong.empty(),
                        Price.FREE,
                        guard),
                VERTX);
    }

    private static CompletableFuture<Answer> open(MisbehavingServer server, GuardSettings guard) {
        return ask(expert(server, guard));
    }

    private static CompletableFuture<Answer> ask(ChatExpert expert) {
        return expert.open(ChatRequests.call(ChatRequests.asking("Hi", true)))
                .toCompletableFuture();
    }

    private static Answer opened(CompletableFuture<Answer> opening) {
        return opening.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static ExpertException failure(CompletableFuture<Answer> opening) {
        try {
            throw new AssertionError("opened " + opened(opening));
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ExpertException known) {
                return known;
            }
            throw failed;
        }
    }
}
