package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every request meets first. */
@QuarkusTest
class FrontDoorTest extends OnStage {

    @Test
    void everyAnswerKeepsBrowsersFromMisusingIt() {
        List<Reply> replies =
                List.of(
                        client().post(CHAT, Client.chat("plain", "x", "")),
                        client().post(CHAT, Client.chat("plain", "x", ",\"stream\":true")),
                        client().post(CHAT, "{"),
                        client().withKey("").get("/v1/models"),
                        client().get("/v1/models"),
                        client().get("/nowhere"),
                        client().get(CHAT),
                        client().get("/q/health/live"),
                        client().get("/q/metrics"));
        assertThat(replies)
                .allSatisfy(reply -> {
                    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
                    assertThat(reply.header("content-security-policy"))
                            .isEqualTo("default-src 'none'; frame-ancestors 'none'");
                    assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
                    assertThat(reply.header("cache-control")).isNotEmpty();
                    assertThat(reply.header("strict-transport-security")).isEmpty();
                });
    }

    @Test
    void otherOriginsAreNotLetIn() {
        HttpRequest.Builder asking =
                client().to(CHAT)
                        .header("Origin", "https://evil.example")
                        .header("Access-Control-Request-Method", "POST")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody());
        HttpRequest.Builder simple =
                client().to("/v1/models").header("Origin", "https://evil.example").GET();
        for (Reply reply : List.of(client().send(asking), client().send(simple))) {
            assertThat(reply.http().headers().map().keySet())
                    .noneMatch(name -> name.startsWith("access-control-"));
        }
        assertThat(client().send(asking).status()).isEqualTo(405);
    }

    @Test
    void aUrlThatIsTooLongIsRefused() {
        Reply reply = client().get("/v1/models?x=" + "y".repeat(8192));
        requireRefused(reply, 414, "url_too_long");
        assertThat(client().get("/v1/models?x=" + "y".repeat(8000)).status()).isEqualTo(200);
    }

    @Test
    void headersThatAreTooLargeAreRefused() {
        HttpRequest.Builder one = client().to("/v1/models").header("x-big", "y".repeat(17_000));
        requireRefused(client().send(one), 431, "headers_too_large");
        HttpRequest.Builder many = client().to("/v1/models");
        for (int i = 0; i < 2_000; i++) {
            many.header("x-%d".formatted(i), "yyyyyyyy");
        }
        requireRefused(client().send(many), 431, "headers_too_large");
        HttpRequest.Builder within = client().to("/v1/models").header("x-big", "y".repeat(15_000));
        assertThat(client().send(within).status()).isEqualTo(200);
    }

    @Test
    void aHeadFarBeyondTheLimitsIsRefusedByTheServer() {
        assertThat(client().get("/v1/models?x=" + "y".repeat(40_000)).status()).isEqualTo(414);
        HttpRequest.Builder huge = client().to("/v1/models").header("x-big", "y".repeat(100_000));
        assertThat(client().send(huge).status()).isEqualTo(431);
    }

    @Test
    void aHeadThatIsMalformedIsTheClientsFault() throws IOException {
        String key = Stage.key();
        for (String head :
                List.of(
                        "GET /v1/models HTTP/1.1\r\nHost: [[x\r\n",
                        "GET /v1/models HTTP/1.1\r\nHost: x:-1\r\n",
                        "GET /v1/models HTTP/9.9\r\nHost: x\r\n")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
                socket.setSoTimeout(30_000);
                String request =
                        head + "Authorization: Bearer " + key + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                String answer =
                        new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer.substring(8, 13)).as(head).isEqualTo(" 400 ");
                assertThat(answer).as(head).contains("\"error\"", "nosniff");
            }
        }
    }

    @Test
    void aBodyThatNestsTooDeeplyIsRefused() {
        String deep = "[".repeat(101) + "]".repeat(101);
        Reply reply = client().post(CHAT, Client.chat("plain", "x", ",\"x_deep\":" + deep));
        requireRefused(reply, 400, "invalid_json");
        String fine = "[".repeat(90) + "]".repeat(90);
        assertThat(client().post(CHAT, Client.chat("plain", "x", ",\"x_deep\":" + fine)).status())
                .isEqualTo(200);
    }

    private static void requireRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
        assertThat(reply.error().path("message").asText()).isNotBlank();
    }
}
