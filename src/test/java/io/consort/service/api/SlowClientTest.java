package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients whose requests trickle in. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@TestProfile(SlowClientTest.Impatient.class)
@Timeout(60)
class SlowClientTest {

    @TestHTTPResource("/")
    private URI service = URI.create("http://127.0.0.1");

    /** A service that does not wait for long. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("consort.body-time", "200ms");
        }
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsRefusedAndItsConnectionClosed() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            String head =
                    "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
                            .formatted(Stage.key());
            String body = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            String answer =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer)
                    .startsWith("HTTP/1.1 408 ")
                    .contains("request_too_slow", "connection: close");
        }
    }

    @Test
    void aBodyInTimeIsAnswered() {
        assertThat(
                        Client.of(service)
                                .post("/v1/chat/completions", Client.chat("plain", "x", ""))
                                .status())
                .isEqualTo(200);
    }
}
