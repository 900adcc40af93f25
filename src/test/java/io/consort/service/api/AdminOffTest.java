package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that is not administered over HTTP. */
@QuarkusTest
@TestProfile(AdminOffTest.Off.class)
@Timeout(60)
class AdminOffTest extends OnStage {

    /** No administration. */
    public static final class Off implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("consort.admin.enabled", "false");
        }
    }

    @Test
    void thereIsNoAdministration() {
        assertThat(client().get("/admin/v1/categories").status()).isEqualTo(404);
        assertThat(client().post("/admin/v1/router/train", "{}").status()).isEqualTo(404);
        assertThat(client().get("/v1/models").status()).isEqualTo(200);
    }
}
