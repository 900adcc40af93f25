package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.AdminServer;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The administration on a port of its own. */
@QuarkusTest
@TestProfile(AdminPortTest.Apart.class)
@Timeout(60)
class AdminPortTest extends OnStage {

    @Inject AdminServer admin;

    /** A free port for the administration. */
    public static final class Apart implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("consort.admin.port", "0");
        }
    }

    @Test
    void theAdministrationAnswersOnItsOwnPortOnly() {
        assertThat(apart().get("/admin/v1/categories").status()).isEqualTo(200);
        assertThat(apart().withKey("").get("/admin/v1/categories").status()).isEqualTo(401);
        assertThat(apart().get("/admin/v1/categories").header("x-content-type-options"))
                .isEqualTo("nosniff");
        Reply shared = client().get("/admin/v1/categories");
        assertThat(shared.status()).isEqualTo(404);
        assertThat(shared.error().path("code").asText()).isEqualTo("not_found");
    }

    @Test
    void theChatApiIsNotOnTheAdministrationsPort() {
        assertThat(apart().get("/v1/models").status()).isEqualTo(404);
        assertThat(apart().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(404);
        assertThat(client().get("/v1/models").status()).isEqualTo(200);
    }

    @Test
    void metricsAreOnTheAdministrationsPortOnly() {
        client().post(CHAT, Client.chat("plain", "x", ""));
        assertThat(apart().get("/q/metrics").body()).contains("consort_requests_total");
        assertThat(client().get("/q/metrics").status()).isEqualTo(404);
        assertThat(client().get("/q/health/ready").status()).isEqualTo(200);
    }

    private Client apart() {
        return Client.of(URI.create("http://127.0.0.1:" + admin.port().orElseThrow()));
    }
}
