package io.consort.experts.remote;

import static io.consort.experts.remote.LangChainExperts.anthropic;
import static io.consort.experts.remote.LangChainExperts.endFailure;
import static io.consort.experts.remote.LangChainExperts.failure;
import static io.consort.experts.remote.LangChainExperts.gemini;
import static io.consort.experts.remote.LangChainExperts.kindOf;
import static io.consort.experts.remote.LangChainExperts.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LangChainMisbehaviourTest {

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED",
        "401, UPSTREAM",
        "404, REJECTED",
        "429, OVERLOADED",
        "529, OVERLOADED",
        "500, UPSTREAM",
        "503, UPSTREAM"
    })
    void everyStatusHasItsKind(int status, Kind kind) {
        String body = "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"because\"}}";
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.respond(status + " X", "content-type: application/json\r\n", body))) {
            for (var expert : List.of(anthropic(server), gemini(server))) {
                ExpertException failure = failure(expert, ChatRequests.asking("Hi", true));
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure.status()).contains(status);
            }
            assertThat(server.received()).as("no retries here").hasSize(2);
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        var expert =
                new LangChainExpert(
                        "gone",
                        LangChainModels.anthropic(
                                source(Optional.of(MisbehavingServer.nobody())),
                                Duration.ofSeconds(5),
                                Reach.EVERYWHERE),
                        Redaction.NONE);
        assertThat(failure(expert, ChatRequests.asking("Hi", true)).kind())
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aServerThatSaysNothingTimesOut() {
        try (var server = MisbehavingServer.playing((_, wire) -> wire.hang())) {
            var expert =
                    new LangChainExpert(
                            "slow",
                            LangChainModels.anthropic(
                                    source(Optional.of(server.baseUrl())),
                                    Duration.ofMillis(300),
                                    Reach.EVERYWHERE),
                            Redaction.NONE);
            assertThat(failure(expert, ChatRequests.asking("Hi", true)).kind())
                    .isEqualTo(Kind.TIMEOUT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 8, 9, 10})
    void aStreamThatEndsEarlyFails(int events) {
        for (String name : List.of("anthropic-stream.sse", "gemini-stream.sse")) {
            String[] all = Recorded.text(name).split("\n\n");
            if (events >= all.length - 1) {
                continue;
            }
            String begun = String.join("\n\n", List.of(all).subList(0, events)) + "\n\n";
            try (var server =
                    MisbehavingServer.playing(
                            (_, wire) -> wire.beginStream().chunk(begun).endStream())) {
                var expert = name.startsWith("a") ? anthropic(server) : gemini(server);
                assertThat(endFailure(expert).kind()).as(name).isEqualTo(Kind.GARBLED);
            }
        }
    }

    @Test
    void aConnectionThatBreaksInMidStreamFails() {
        String[] all = Recorded.text("anthropic-stream.sse").split("\n\n");
        String begun = String.join("\n\n", List.of(all).subList(0, 8)) + "\n\n";
        try (var server =
                MisbehavingServer.playing((_, wire) -> wire.beginStream().chunk(begun).hangUp())) {
            assertThat(endFailure(anthropic(server)).kind()).isEqualTo(Kind.UNREACHABLE);
        }
    }

    @Test
    void anErrorEventInMidStreamFails() {
        String[] all = Recorded.text("anthropic-stream.sse").split("\n\n");
        String begun = String.join("\n\n", List.of(all).subList(0, 8)) + "\n\n";
        String error =
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.beginStream().chunk(begun).chunk(error).endStream())) {
            assertThat(endFailure(anthropic(server)).kind()).isIn(Kind.UPSTREAM, Kind.OVERLOADED);
        }
    }

    @Test
    void aServerThatHangsAfterItsHeadIsLeftWhenTheCallIsCancelled() {
        try (var server = MisbehavingServer.playing((_, wire) -> wire.beginStream().hang())) {
            ChatCall call = ChatRequests.call(ChatRequests.asking("Hi", true));
            CompletableFuture<Answer> opening = anthropic(server).open(call).toCompletableFuture();
            server.awaitPlaying(1);
            call.cancellation().cancel();
            assertThat(kindOf(opening)).isEqualTo(Kind.CANCELLED);
            server.awaitPlaying(0);
        }
    }
}
