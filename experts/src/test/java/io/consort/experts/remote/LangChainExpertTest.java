package io.consort.experts.remote;

import static io.consort.experts.remote.LangChainExperts.anthropic;
import static io.consort.experts.remote.LangChainExperts.anthropicServer;
import static io.consort.experts.remote.LangChainExperts.failure;
import static io.consort.experts.remote.LangChainExperts.gemini;
import static io.consort.experts.remote.LangChainExperts.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.Sampling;
import io.consort.experts.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangChainExpertTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONVERSATION =
            """
            {"model":"auto","messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Weather in"},{"type":"text","text":"Rome?"}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Rome\\"}"}}]},
              {"role":"tool","tool_call_id":"call_1","content":"sunny"},
              {"role":"user","content":"And in Oslo?"}],
             "tools":[{"type":"function","function":{"name":"weather","description":"Tells it","parameters":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"array","items":{"type":"integer"}}},"required":["city"]}}}],
             "tool_choice":"required"}\
            """;

    @Test
    void aConversationWithToolsIsTranslatedForAnthropic() throws Exception {
        try (var server = anthropicServer("anthropic-tool.sse")) {
            List<AnswerEvent> events = read(anthropic(server), conversation());
            JsonNode sent = JSON.readTree(server.received().getFirst().body());
            assertThat(sent.path("model").asText()).isEqualTo("claude-x");
            assertThat(sent.path("stream").asBoolean()).isTrue();
            assertThat(sent.path("max_tokens").asInt()).isEqualTo(99);
            assertThat(sent.path("temperature").asDouble()).isEqualTo(0.25);
            assertThat(sent.path("top_k").asInt()).isEqualTo(5);
            assertThat(sent.path("stop_sequences").toString()).isEqualTo("[\"END\"]");
            assertThat(sent.path("system").toString()).contains("Be brief.");
            assertThat(sent.path("messages")).hasSize(4);
            assertThat(sent.path("messages").path(0).toString()).contains("Weather in\\nRome?");
            assertThat(sent.path("messages").path(1).toString()).contains("tool_use", "call_1");
            assertThat(sent.path("messages").path(2).toString()).contains("tool_result", "sunny");
            assertThat(sent.path("tools").toString()).contains("weather", "city", "integer");
            assertThat(sent.path("tool_choice").path("type").asText()).isEqualTo("any");
            assertThat(server.received().getFirst().headers())
                    .contains(entry("x-api-key", "sk-ant"));
            assertThat(events)
                    .containsExactly(
                            new AnswerEvent.ToolCall(
                                    0, 0, "toolu_1", "weather", "{\"city\": \"Rome\"}"),
                            new AnswerEvent.Finish(0, FinishReason.TOOL_CALLS),
                            new AnswerEvent.Used(new Usage(30, 19)));
        }
    }

    @Test
    void aConversationWithToolsIsTranslatedForGemini() throws Exception {
        try (var server = anthropicServer("gemini-stream.sse")) {
            read(gemini(server), conversation());
            MisbehavingServer.Received received = server.received().getFirst();
            JsonNode sent = JSON.readTree(received.body());
            assertThat(received.line()).contains("/models/gemini-x:streamGenerateContent");
            assertThat(sent.path("systemInstruction").toString()).contains("Be brief.");
            assertThat(sent.path("contents").toString())
                    .contains("Weather in\\nRome?", "functionCall", "functionResponse", "sunny");
            assertThat(sent.path("generationConfig").path("maxOutputTokens").asInt()).isEqualTo(99);
            assertThat(sent.path("generationConfig").path("temperature").asDouble())
                    .isEqualTo(0.25);
            assertThat(sent.path("tools").toString()).contains("weather");
        }
    }

    @Test
    void thinkingTextFinishAndUsageComeInThisOrder() throws Exception {
        for (String name : List.of("anthropic-stream.sse", "gemini-stream.sse")) {
            try (var server = anthropicServer(name)) {
                var expert = name.startsWith("a") ? anthropic(server) : gemini(server);
                assertThat(read(expert, ChatRequests.asking("Hello", false)))
                        .containsExactly(
                                new AnswerEvent.Reasoning(0, "Let me think"),
                                new AnswerEvent.Text(0, "Grüße", List.of()),
                                new AnswerEvent.Text(0, " 🌍", List.of()),
                                new AnswerEvent.Finish(0, FinishReason.STOP),
                                new AnswerEvent.Used(new Usage(11, 7)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_format", "logit_bias", "functions"})
    void whatHasNoTranslationIsRefusedByName(String demand) {
        ChatRequest request = ChatRequests.asking("Hi", true, 1, Set.of(demand), _ -> {});
        try (var server = anthropicServer("anthropic-stream.sse")) {
            ExpertException refusal = failure(anthropic(server), request);
            assertThat(refusal.kind()).isEqualTo(Kind.UNSUPPORTED);
            assertThat(refusal.parameter()).contains(demand);
            assertThat(server.received()).isEmpty();
        }
    }

    @Test
    void picturesAreRefusedByTheirPlace() {
        ChatRequest request =
                ChatRequests.asking(
                        "Hi",
                        true,
                        1,
                        Set.of(),
                        body ->
                                ((ObjectNode) body.path("messages").path(0))
                                        .putArray("content")
                                        .addObject()
                                        .put("type", "image_url"));
        try (var server = anthropicServer("anthropic-stream.sse")) {
            assertThat(failure(anthropic(server), request).parameter())
                    .contains("messages[0].content");
        }
    }

    private static ChatRequest conversation() {
        Sampling sampling =
                new Sampling(
                        OptionalDouble.of(0.25),
                        OptionalDouble.empty(),
                        OptionalInt.of(5),
                        OptionalLong.of(3),
                        OptionalInt.of(99),
                        List.of("END"),
                        Optional.empty());
        return new ChatRequest(
                List.of(),
                sampling,
                true,
                false,
                1,
                Set.of("tools", "tool_choice"),
                CONVERSATION.getBytes(StandardCharsets.UTF_8));
    }
}
