package io.consort.experts.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.experts.ExpertSource;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.experts.chat.ReadAnswer;
import io.consort.experts.chat.Usage;
import io.consort.experts.chat.Witness;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiExpertTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource({
        "openai-stream.sse, true, 1", "openai-stream.sse, true, 13",
        "vllm-stream.sse, true, 64", "ollama-stream.sse, true, 1000",
        "llama-cpp-stream.sse, false, 5"
    })
    void everyServersStreamComesThroughByteForByte(String name, boolean usageApart, int cut)
            throws Exception {
        try (var server =
                MisbehavingServer.playing((_, wire) -> wire.stream(Recorded.bytes(name), cut))) {
            List<AnswerEvent> events = read(server, ChatRequests.asking("Hello", true));
            assertThat(events)
                    .map(event -> new String(verbatim(event).json(), StandardCharsets.UTF_8))
                    .containsExactlyElementsOf(Recorded.data(name));
            assertThat(verbatim(events.getLast()).usage()).contains(new Usage(11, 7));
            assertThat(verbatim(events.getLast()).usageOnly()).isEqualTo(usageApart);
            assertThat(ReadAnswer.of(events).text()).startsWith("Grüße 🌍");
        }
    }

    @Test
    void aWholeAnswerComesThroughByteForByte() throws Exception {
        String body = Recorded.text("openai-whole.json");
        try (var server = MisbehavingServer.playing((_, wire) -> wire.json(body))) {
            Answer answer = open(server, ChatRequests.asking("Hello", false));
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Complete.class,
                            complete -> {
                                assertThat(complete.json())
                                        .asString(StandardCharsets.UTF_8)
                                        .isEqualTo(body);
                                assertThat(complete.usage()).contains(new Usage(11, 7));
                            });
        }
    }

    @Test
    void theServerGetsTheClientsBytesWithItsOwnModelsName() throws Exception {
        byte[] body =
                "{ \"temperature\":0.50, \"model\" : \"auto\",\"x_unknown\":[1,{\"model\":2}],\"messages\":[] }"
                        .getBytes(StandardCharsets.UTF_8);
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.json(Recorded.text("openai-whole.json")))) {
            open(server, withBody(ChatRequests.asking("Hello", false), body));
            MisbehavingServer.Received received = server.received().getFirst();
            assertThat(received.text())
                    .isEqualTo(
                            "{ \"temperature\":0.50, \"model\" : \"upstream/model\",\"x_unknown\":[1,{\"model\":2}],\"messages\":[] }");
            assertThat(received.line()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
            assertThat(received.headers())
                    .containsEntry("authorization", "Bearer sk-test")
                    .containsEntry("content-type", "application/json")
                    .containsEntry("x-request-id", "chatcmpl-test")
                    .containsEntry("x-extra", "yes");
        }
    }

    @Test
    void theServerIsToldOfTheTraceThatACallBelongsTo() throws Exception {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.json(Recorded.text("openai-whole.json")))) {
            var expert = TestExperts.openAi(TestExperts.source(server.baseUrl()), VERTX);
            ChatCall traced =
                    new ChatCall(
                            "chatcmpl-test",
                            ChatRequests.asking("Hi", false),
                            new Cancellation(),
                            Witness.NOBODY,
                            Optional.of(trace));
            ReadAnswer.of(get(expert.open(traced)));
            assertThat(server.received().getFirst().headers()).containsEntry("traceparent", trace);
            ReadAnswer.of(get(expert.open(ChatRequests.call(ChatRequests.asking("Hi", false)))));
            assertThat(server.received().getLast().headers()).doesNotContainKey("traceparent");
        }
    }

    @Test
    void usageIsAskedForInStreamsWhereTheCatalogAllowsIt() throws Exception {
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.stream(Recorded.bytes("openai-stream.sse"), 100))) {
            ExpertSource.OpenAi shy =
                    new ExpertSource.OpenAi(
                            server.baseUrl(), Optional.empty(), "m", false, Map.of());
            for (ExpertSource.OpenAi source : List.of(TestExperts.source(server.baseUrl()), shy)) {
                var expert = TestExperts.openAi(source, VERTX);
                ReadAnswer.of(get(expert.open(ChatRequests.call(ChatRequests.asking("Hi", true)))));
                expert.close();
            }
            assertThat(options(server, 0).path("include_usage").asBoolean()).isTrue();
            assertThat(options(server, 1).isMissingNode()).isTrue();
        }
    }

    @Test
    void theClientsOtherStreamOptionsStay() throws Exception {
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.stream(Recorded.bytes("openai-stream.sse"), 100))) {
            ChatRequest request =
                    ChatRequests.asking(
                            "Hi",
                            true,
                            1,
                            Set.of(),
                            body ->
                                    body.putObject("stream_options")
                                            .put("include_usage", false)
                                            .put("include_obfuscation", false));
            read(server, request);
            assertThat(options(server, 0).toString())
                    .isEqualTo("{\"include_usage\":true,\"include_obfuscation\":false}");
        }
    }

    @Test
    void anEventLoopsCallStaysOnIt() throws Exception {
        try (var server =
                MisbehavingServer.playing(
                        (_, wire) -> wire.stream(Recorded.bytes("openai-stream.sse"), 50))) {
            var expert = TestExperts.openAi(server.baseUrl(), VERTX);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
            VERTX.getOrCreateContext()
                    .runOnContext(_ -> {
                        threads.add(Thread.currentThread());
                        expert.open(ChatRequests.call(ChatRequests.asking("Hi", true)))
                                .thenAccept(answer ->
                                        ((Answer.Streaming) answer)
                                                .events()
                                                .subscribe(new ThreadNoting(threads, done)));
                    });
            done.get(20, TimeUnit.SECONDS);
            expert.close();
            assertThat(threads).hasSize(1);
        }
    }

    @Test
    void aConnectionServesAgainAfterAWholeAnswerAndAfterAStream() throws Exception {
        try (var server =
                MisbehavingServer.playing((request, wire) -> {
                    if (request.number() % 2 == 0) {
                        wire.json(Recorded.text("openai-whole.json"));
                    } else {
                        wire.stream(Recorded.bytes("openai-stream.sse"), 100);
                    }
                })) {
            var expert = TestExperts.openAi(server.baseUrl(), VERTX);
            for (int i = 0; i < 6; i++) {
                ChatRequest request = ChatRequests.asking("Hi", i % 2 == 1);
                ReadAnswer.of(get(expert.open(ChatRequests.call(request))));
            }
            expert.close();
            assertThat(server.received()).hasSize(6);
            assertThat(server.connections()).isLessThan(4);
        }
    }

    private static JsonNode options(MisbehavingServer server, int request) throws Exception {
        return JSON.readTree(server.received().get(request).body()).path("stream_options");
    }

    private static AnswerEvent.Verbatim verbatim(AnswerEvent event) {
        return (AnswerEvent.Verbatim) event;
    }

    private static ChatRequest withBody(ChatRequest request, byte[] body) {
        return new ChatRequest(
                request.messages(),
                request.sampling(),
                request.stream(),
                request.includeUsage(),
                request.choices(),
                request.demands(),
                body);
    }

    private static List<AnswerEvent> read(MisbehavingServer server, ChatRequest request)
            throws Exception {
        return EventReader.of(open(server, request)).request(Long.MAX_VALUE).awaitCompletion();
    }

    private static Answer open(MisbehavingServer server, ChatRequest request) throws Exception {
        var expert = TestExperts.openAi(server.baseUrl(), VERTX);
        return get(expert.open(ChatRequests.call(request)));
    }

    private static Answer get(CompletionStage<Answer> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
