package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that may have two requests in service at once. */
@QuarkusTest
@TestProfile(OverloadTest.Small.class)
@Timeout(120)
class OverloadTest extends OnStage {

    @Inject Service running;

    /** Room for two. */
    public static final class Small implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("consort.max-requests", "2");
        }
    }

    @Test
    void whoComesBeyondTheLimitIsTurnedAwayAtOnceUntilSomebodyHasLeft() throws IOException {
        try (SlowSocket first = endless()) {
            try (SlowSocket second = endless()) {
                Reply refused = client().post(CHAT, Client.chat("plain", "x", ""));
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.error().path("code").asText()).isEqualTo("overloaded");
                assertThat(refused.header("retry-after")).isEqualTo("1");
                assertThat(client().get("/v1/models").status()).isEqualTo(503);
                assertThat(client().get("/admin/v1/health/experts").status()).isEqualTo(200);
                assertThat(client().get("/q/health/live").status()).isEqualTo(200);
                assertThat(second.read(1024)).isNotEmpty();
            }
            while (client().post(CHAT, Client.chat("plain", "x", "")).status() != 200) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
            assertThat(first.read(1024)).isNotEmpty();
        }
        while (running.doors().inside() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(client().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(200);
        }
    }

    private SlowSocket endless() throws IOException {
        SlowSocket socket = new SlowSocket(service);
        socket.post(Client.chat("endless", "x", ",\"stream\":true"));
        assertThat(socket.read(16 * 1024)).contains("200 OK");
        return socket;
    }
}
