package io.consort.service.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI module. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class LangChain4jTest {

    @TestHTTPResource("/v1")
    URI service = URI.create("http://127.0.0.1");

    private ChatModel model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(service.toString())
                .apiKey(Stage.key())
                .modelName(name)
                .maxRetries(0)
                .build();
    }

    @Test
    void itChats() {
        assertThat(model("plain").chat("hello")).isEqualTo("Hello");
    }

    @Test
    void itStreams() throws Exception {
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();
        StringBuilder parts = new StringBuilder();
        OpenAiStreamingChatModel.builder()
                .baseUrl(service.toString())
                .apiKey(Stage.key())
                .modelName("consort/steady")
                .build()
                .chat(
                        "hello",
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onPartialResponse(String part) {
                                parts.append(part);
                            }

                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                complete.complete(response);
                            }

                            @Override
                            public void onError(Throwable failure) {
                                complete.completeExceptionally(failure);
                            }
                        });
        ChatResponse response = complete.get(30, TimeUnit.SECONDS);
        assertThat(parts.toString()).isEqualTo("Hello");
        assertThat(response.aiMessage().text()).isEqualTo("Hello");
        assertThat(response.tokenUsage().totalTokenCount()).isEqualTo(9);
    }

    @Test
    void itUnderstandsErrors() {
        assertThatThrownBy(() -> model("nobody").chat("hello"))
                .isInstanceOf(ModelNotFoundException.class);
    }
}
