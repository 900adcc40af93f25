package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CompletionTest extends OnStage {

    @Test
    void aWholeAnswerComesAsTheServerSentItUnderTheExpertsName() {
        Reply reply = client().post(CHAT, Client.chat("plain", "x", ""));
        assertThat(reply.body())
                .contains(
                        "\"model\":\"plain\"", "\"id\":\"chatcmpl-up1\"", "\"x_unknown\":[1.50,2]")
                .doesNotContain("upstream-name");
        assertThat(reply.json().path("usage").path("total_tokens").asInt()).isEqualTo(9);
    }

    @Test
    void theServerIsAskedForItsOwnModel() {
        client().post(CHAT, Client.chat("consort/steady", "x", ",\"temperature\":0.5"));
        JsonNode asked = Client.parse(Stage.upstream().body("plain"));
        assertThat(asked.path("model").asText()).isEqualTo("plain");
        assertThat(asked.path("temperature").asDouble()).isEqualTo(0.5);
    }

    @Test
    void toolCallsComeThroughUntouched() {
        Reply reply =
                client().post(
                                CHAT,
                                Client.chat(
                                        "calls",
                                        "x",
                                        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}]"));
        JsonNode choice = reply.json().path("choices").path(0);
        assertThat(choice.path("finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(choice.at("/message/tool_calls/0/function/arguments").asText())
                .isEqualTo("{\"city\":\"Rome\"}");
    }

    @Test
    void aQuestionThatFitsNoExpertIsAnsweredWithWhatCanBeAsked() {
        Reply reply = client().post(CHAT, Client.chat("auto", "", ""));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-consort-expert")).isEqualTo("consort");
        assertThat(reply.header("x-consort-category")).isEqualTo("none");
        JsonNode message = reply.json().at("/choices/0/message");
        assertThat(message.path("role").asText()).isEqualTo("assistant");
        assertThat(message.path("content").asText()).contains("weather", "Food and drink.");
        assertThat(reply.json().path("model").asText()).isEqualTo("consort");
    }
}
