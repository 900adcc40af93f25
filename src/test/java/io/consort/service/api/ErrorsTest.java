package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ErrorsTest extends OnStage {

    @Test
    void whatDoesNotExistIsAnErrorObject() {
        for (String path :
                List.of("/", "/v1", "/v1/chat", "/v2/models", "/index.html", "/v1/models/no")) {
            Reply reply = client().get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            requireShape(reply);
        }
    }

    @Test
    void aWrongMethodIsAnErrorThatNamesTheRightOne() {
        Reply reply = client().get(CHAT);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("allow")).isEqualTo("POST");
        requireShape(reply);
        assertThat(client().post("/v1/models", "{}").status()).isEqualTo(405);
    }

    @Test
    void aBodyThatIsNotCalledJsonIsRefused() {
        HttpRequest.Builder request =
                client().to(CHAT)
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString(Client.chat("plain", "x", "")));
        Reply reply = client().send(request);
        assertThat(reply.status()).isEqualTo(415);
        requireShape(reply);
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        String body = Client.chat("plain", "x".repeat(11 * 1024 * 1024), "");
        HttpRequest.Builder request =
                client().to(CHAT)
                        .header("Content-Type", "application/json")
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        Reply reply = client().send(request);
        assertThat(reply.status()).isEqualTo(413);
        requireShape(reply);
    }

    @Test
    void anUnknownModelIsAnErrorThatListsTheKnownOnes() {
        Reply reply = client().post(CHAT, Client.chat("gpt-9", "x", ""));
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error().path("code").asText()).isEqualTo("model_not_found");
        assertThat(reply.error().path("param").asText()).isEqualTo("model");
        assertThat(reply.error().path("message").asText())
                .contains("auto", "consort/steady", "plain");
    }

    @Test
    void whatAServerSaysAboutARequestReachesTheClient() {
        Reply reply = client().post(CHAT, Client.chat("rejects", "x", ""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asText()).contains("no such voice");
        assertThat(reply.error().path("param").asText()).isEqualTo("voice");
        assertThat(reply.error().path("code").asText()).isEqualTo("bad_voice");
        assertThat(reply.header("x-consort-expert")).isEqualTo("rejects");
    }

    @Test
    void aBusyServerIsAnErrorThatSaysWhenToTryAgain() {
        Reply reply = client().post(CHAT, Client.chat("busy", "x", ""));
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("retry-after")).isEqualTo("7");
        requireShape(reply);
    }

    @Test
    void aServerThatFailsIsABadGateway() {
        for (String expert : List.of("fails", "garbles", "down")) {
            Reply reply = client().post(CHAT, Client.chat(expert, "x", ""));
            assertThat(reply.status()).as(expert).isEqualTo(502);
            assertThat(reply.error().path("type").asText()).isEqualTo("server_error");
            requireShape(reply);
        }
    }

    private static void requireShape(Reply reply) {
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        JsonNode error = reply.error();
        assertThat(error.path("message").isTextual()).as(reply.body()).isTrue();
        assertThat(error.path("type").isTextual()).isTrue();
        assertThat(error.has("param")).isTrue();
        assertThat(error.has("code")).isTrue();
        assertThat(reply.json().size()).isEqualTo(1);
    }
}
