package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamingTest extends OnStage {

    private static final String STREAM = ",\"stream\":true";

    @Test
    void aStreamComesAsTheServerSentItUnderTheExpertsName() {
        Reply reply = client().post(CHAT, Client.chat("plain", "x", STREAM));
        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        List<String> events = reply.events();
        assertThat(events).last().isEqualTo("[DONE]");
        assertThat(events).hasSize(3);
        JsonNode first = Client.parse(events.getFirst());
        assertThat(first.path("model").asText()).isEqualTo("plain");
        assertThat(first.path("id").asText()).isEqualTo("chatcmpl-up1");
        assertThat(first.at("/choices/0/delta/content").asText()).isEqualTo("Hello");
        assertThat(events.getFirst()).contains("\"x_unknown\":1.50");
    }

    @Test
    void usageComesWhenItIsAskedFor() {
        String asked = STREAM + ",\"stream_options\":{\"include_usage\":true}";
        List<String> events = client().post(CHAT, Client.chat("plain", "x", asked)).events();
        JsonNode usage = Client.parse(events.get(events.size() - 2));
        assertThat(usage.path("choices").isEmpty()).isTrue();
        assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void usageIsTakenFromTheServerAndKeptFromClientsThatDidNotAsk() {
        List<String> events = client().post(CHAT, Client.chat("plain", "x", STREAM)).events();
        assertThat(Stage.upstream().body("plain")).contains("include_usage");
        assertThat(events).noneMatch(event -> event.contains("usage"));
    }

    @Test
    void aStreamThatBreaksOffEndsWithAnErrorEvent() {
        Reply reply = client().post(CHAT, Client.chat("breaks", "x", STREAM));
        assertThat(reply.status()).isEqualTo(200);
        List<String> events = reply.events();
        assertThat(Client.parse(events.getFirst()).at("/choices/0/delta/content").asText())
                .isEqualTo("Hel");
        JsonNode error = Client.parse(events.getLast()).path("error");
        assertThat(error.path("message").asText()).contains("breaks");
        assertThat(error.path("type").asText()).isEqualTo("server_error");
        assertThat(events).doesNotContain("[DONE]");
    }

    @Test
    void whatTheServiceSaysItselfIsAStreamAsWell() {
        Reply reply = client().post(CHAT, Client.chat("auto", "", STREAM));
        List<String> events = reply.events();
        JsonNode first = Client.parse(events.getFirst());
        assertThat(first.at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(first.at("/choices/0/delta/content").asText()).contains("weather");
        assertThat(Client.parse(events.get(1)).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        assertThat(events).last().isEqualTo("[DONE]");
    }
}
