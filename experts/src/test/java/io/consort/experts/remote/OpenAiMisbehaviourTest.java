package io.consort.experts.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiMisbehaviourTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final String FIRST =
            "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}";

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    static Stream<Arguments> failuresBeforeTheFirstEvent() {
        return Stream.of(
                before("hangs up at once", Kind.UNREACHABLE, (_, wire) -> wire.hangUp()),
                before("resets at once", Kind.UNREACHABLE, (_, wire) -> wire.reset()),
                before("sends no HTTP", Kind.GARBLED, (_, wire) -> wire.raw("SSH-2.0-x\r\n\r\n")),
                before(
                        "ends in the head",
                        Kind.UNREACHABLE,
                        (_, wire) -> wire.raw("HTTP/1.1 200 OK\r\ncontent-ty").hangUp()),
                before("sends HTML", Kind.GARBLED, (_, wire) -> html(wire)),
                before(
                        "sends a whole answer",
                        Kind.GARBLED,
                        (_, wire) -> wire.json(Recorded.text("openai-whole.json"))),
                before(
                        "sends an error as success",
                        Kind.UPSTREAM,
                        (_, wire) -> wire.json("{\"error\":{\"message\":\"overloaded\"}}")),
                before(
                        "begins with an error event",
                        Kind.UPSTREAM,
                        (_, wire) -> wire.beginStream().event("{\"error\":{\"message\":\"x\"}}")),
                before(
                        "begins with garbage",
                        Kind.GARBLED,
                        (_, wire) -> wire.beginStream().event("garbage")),
                before(
                        "begins with the end marker",
                        Kind.GARBLED,
                        (_, wire) -> wire.beginStream().event("[DONE]").endStream()),
                before(
                        "sends an empty stream",
                        Kind.GARBLED,
                        (_, wire) -> wire.beginStream().endStream()),
                before(
                        "sends a line without end",
                        Kind.GARBLED,
                        (_, wire) -> {
                            wire.beginStream().chunk("data: {\"a\":\"");
                            while (true) {
                                wire.chunk("x".repeat(1 << 20));
                            }
                        }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresBeforeTheFirstEvent")
    void aServerThatFailsBeforeItsFirstEventFailsTheOpening(
            String name, Kind kind, MisbehavingServer.Script script) {
        try (var server = MisbehavingServer.playing(script)) {
            assertThat(openingFailure(server.baseUrl(), true).kind()).as(name).isEqualTo(kind);
        }
    }

    static Stream<Arguments> failuresInMidStream() {
        return Stream.of(
                before("hangs up", Kind.UNREACHABLE, (_, wire) -> begin(wire).hangUp()),
                before("resets", Kind.UNREACHABLE, (_, wire) -> begin(wire).reset()),
                before("ends without a finish", Kind.GARBLED, (_, wire) -> begin(wire).endStream()),
                before("sends garbage", Kind.GARBLED, (_, wire) -> begin(wire).event("{\"a\":")),
                before("sends no object", Kind.GARBLED, (_, wire) -> begin(wire).event("[1]")),
                before(
                        "breaks the chunks",
                        Kind.GARBLED,
                        (_, wire) -> begin(wire).raw("zz\r\nwhat is this\r\n")),
                before(
                        "reports an error",
                        Kind.UPSTREAM,
                        (_, wire) -> begin(wire).event("{\"error\":{\"message\":\"x\"}}")),
                before(
                        "reports an error in an event named so",
                        Kind.UPSTREAM,
                        (_, wire) ->
                                begin(wire).chunk("event: error\ndata: {\"message\":\"x\"}\n\n")),
                before(
                        "reports an error in a field named so",
                        Kind.UPSTREAM,
                        (_, wire) -> begin(wire).chunk("error: {\"code\":500}\n\n")),
                before(
                        "reports an error as an object",
                        Kind.UPSTREAM,
                        (_, wire) ->
                                begin(wire).event("{\"object\":\"error\",\"message\":\"x\"}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresInMidStream")
    void aServerThatFailsInMidStreamFailsTheStream(
            String name, Kind kind, MisbehavingServer.Script script) {
        try (var server = MisbehavingServer.playing(script)) {
            EventReader reader = EventReader.of(open(server.baseUrl()));
            Throwable failure = reader.request(Long.MAX_VALUE).awaitFailure();
            assertThat(reader.events()).hasSize(1);
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            ExpertException.class,
                            known -> assertThat(known.kind()).isEqualTo(kind));
            assertThat(reader.signalsAfterEnd()).as(name).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED", "404, REJECTED", "422, REJECTED", "413, REJECTED", "401, UPSTREAM",
        "403, UPSTREAM", "408, TIMEOUT", "429, OVERLOADED", "529, OVERLOADED", "500, UPSTREAM",
        "502, UPSTREAM", "503, UPSTREAM", "302, UPSTREAM", "204, UPSTREAM"
    })
    void everyStatusHasItsKindAndKeepsItsBody(int status, Kind kind) {
        String body = "{\"error\":{\"message\":\"because\"}}";
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.respond(
                                status + " X",
                                "content-type: application/json\r\n",
                                status == 204 ? "" : body))) {
            ExpertException failure = openingFailure(server.baseUrl(), false);
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure.status()).contains(status);
            assertThat(new String(failure.upstreamBody().orElseThrow(), StandardCharsets.UTF_8))
                    .isEqualTo(status == 204 ? "" : body);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after: 7 | 7000",
                "retry-after: 0.5 | 500",
                "retry-after-ms: 250 | 250",
                "retry-after: Thu, 26 Nov 2026 12:00:30 GMT | 30000",
                "retry-after: Thu, 26 Nov 2026 11:00:00 GMT | 0",
                "retry-after: soon | -1",
                "retry-after: 1.2.3 | -1",
                "retry-after: . | -1",
                "x: y | -1"
            })
    void retryAfterIsUnderstood(String header, long millis) {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.respond("429 Too Many Requests", header + "\r\n", "slow"))) {
            assertThat(
                            openingFailure(server.baseUrl(), true)
                                    .retryAfter()
                                    .map(Duration::toMillis)
                                    .orElse(-1L))
                    .isEqualTo(millis);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        assertThat(openingFailure(MisbehavingServer.nobody(), true).kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void anErrorBodyWithoutEndIsCut() {
        try (var server =
                MisbehavingServer.playing((_, wire) -> {
                    wire.raw("HTTP/1.1 500 X\r\ncontent-length: 1000000\r\n\r\n");
                    wire.raw("x".repeat(1_000_000));
                })) {
            assertThat(openingFailure(server.baseUrl(), true).upstreamBody().orElseThrow().length)
                    .isEqualTo(64 << 10);
        }
    }

    @Test
    void aServerThatHangsIsLeftWhenTheCallIsCancelled() {
        try (var server = MisbehavingServer.playing((_, wire) -> wire.hang())) {
            var expert = TestExperts.openAi(server.baseUrl(), VERTX);
            ChatCall call = ChatRequests.call(ChatRequests.asking("Hi", true));
            var opening = expert.open(call).toCompletableFuture();
            server.awaitPlaying(1);
            call.cancellation().cancel();
            assertThat(failure(opening).kind()).isEqualTo(Kind.CANCELLED);
            server.awaitPlaying(0);
        }
    }

    @Test
    void aSlowDripOfHalfCharactersIsPutTogether() {
        byte[] stream = Recorded.bytes("ollama-stream.sse");
        try (var server = MisbehavingServer.playing((_, wire) -> wire.stream(stream, 1))) {
            EventReader reader = EventReader.of(open(server.baseUrl()));
            assertThat(reader.request(Long.MAX_VALUE).awaitCompletion())
                    .map(event ->
                            new String(
                                    ((AnswerEvent.Verbatim) event).json(), StandardCharsets.UTF_8))
                    .containsExactlyElementsOf(Recorded.data("ollama-stream.sse"));
        }
    }

    @Test
    void aStreamWithoutItsEndMarkerIsWholeWhenItsFinishCame() {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        begin(wire).event(FIRST.replace("null", "\"length\"")).endStream())) {
            EventReader reader = EventReader.of(open(server.baseUrl()));
            assertThat(reader.request(Long.MAX_VALUE).awaitCompletion()).hasSize(2);
        }
    }

    @Test
    void aServerThatNeverEndsAfterTheEndMarkerLosesTheConnectionButNotTheAnswer() {
        try (var server =
                MisbehavingServer.playing((_, wire) -> begin(wire).event("[DONE]").hang())) {
            EventReader reader = EventReader.of(open(server.baseUrl()));
            assertThat(reader.request(Long.MAX_VALUE).awaitCompletion()).hasSize(1);
            server.awaitPlaying(0);
        }
    }

    @Test
    void aSecretIsNotInTheMessageOfARefusal() {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.respond("401 Unauthorized", "", "{\"error\":\"bad sk-test\"}"))) {
            assertThat(openingFailure(server.baseUrl(), true)).hasMessageNotContaining("sk-test");
        }
    }

    private static Arguments before(String name, Kind kind, MisbehavingServer.Script script) {
        return Arguments.of(name, kind, script);
    }

    private static Wire begin(Wire wire) throws IOException {
        return wire.beginStream().event(FIRST);
    }

    private static void html(Wire wire) throws IOException {
        wire.respond("200 OK", "content-type: text/html\r\n", "<html>sign in</html>");
    }

    private static Answer open(URI baseUrl) {
        return TestExperts.openAi(baseUrl, VERTX)
                .open(ChatRequests.call(ChatRequests.asking("Hi", true)))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static ExpertException openingFailure(URI baseUrl, boolean stream) {
        return failure(
                TestExperts.openAi(baseUrl, VERTX)
                        .open(ChatRequests.call(ChatRequests.asking("Hi", stream)))
                        .toCompletableFuture());
    }

    private static ExpertException failure(CompletableFuture<Answer> opening) {
        try {
            throw new AssertionError("opened " + opening.orTimeout(20, TimeUnit.SECONDS).join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ExpertException known) {
                return known;
            }
            throw failed;
        }
    }
}
