package io.consort.service.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The official OpenAI SDK for Java. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
class OpenAiJavaTest {

    @TestHTTPResource("/v1")
    URI service = URI.create("http://127.0.0.1");

    private OpenAIClient client() {
        return client(Stage.key());
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(service.toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("hello");
    }

    @Test
    void itChats() {
        ChatCompletion completion = client().chat().completions().create(chat("plain").build());
        assertThat(completion.choices().getFirst().message().content()).contains("Hello");
        assertThat(completion.model()).isEqualTo("plain");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(9);
    }

    @Test
    void itStreams() {
        ChatCompletionCreateParams params =
                chat("consort/steady")
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                client().chat().completions().createStreaming(params)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            String text =
                    chunks.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .flatMap(choice -> choice.delta().content().stream())
                            .collect(Collectors.joining());
            assertThat(text).isEqualTo("Hello");
            assertThat(chunks.getLast().usage().orElseThrow().totalTokens()).isEqualTo(9);
        }
    }

    @Test
    void itReadsWhatTheServiceSaysItself() {
        ChatCompletionCreateParams params =
                ChatCompletionCreateParams.builder().model("auto").addUserMessage("").build();
        ChatCompletion completion = client().chat().completions().create(params);
        assertThat(completion.choices().getFirst().message().content().orElseThrow())
                .contains("weather");
        try (StreamResponse<ChatCompletionChunk> stream =
                client().chat().completions().createStreaming(params)) {
            assertThat(stream.stream().count()).isPositive();
        }
    }

    @Test
    void itListsModels() {
        assertThat(client().models().list().data().stream().map(Model::id))
                .contains("auto", "consort/steady", "plain");
        assertThat(client().models().retrieve("consort/steady").id()).isEqualTo("consort/steady");
    }

    @Test
    void itEmbeds() {
        EmbeddingCreateParams params =
                EmbeddingCreateParams.builder().model("auto").input("rain").build();
        assertThat(client().embeddings().create(params).data().getFirst().embedding()).hasSize(384);
    }

    @Test
    void itUnderstandsErrors() {
        assertThatThrownBy(() -> client().chat().completions().create(chat("nobody").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() ->
                        client().chat()
                                .completions()
                                .create(chat("plain").temperature(3.0).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("temperature");
        assertThatThrownBy(() -> client("ck-wrong").models().list())
                .isInstanceOf(UnauthorizedException.class);
    }
}
