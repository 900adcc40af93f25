package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuthenticationTest extends OnStage {

    private static final List<String> CLOSED =
            List.of(
                    "/v1/models",
                    "/v1/models/plain",
                    "/v1/nothing-here",
                    CHAT,
                    "/v1/feedback",
                    "/admin/v1/categories",
                    "/admin/v1/router",
                    "/admin/v1/runtime",
                    "/admin/v1/nothing-here");

    @Test
    void everyPathOfTheApiIsClosedWithoutAKey() {
        for (String path : CLOSED) {
            Client.Reply reply = client().withKey("").get(path);
            assertThat(reply.status()).as(path).isEqualTo(401);
            assertThat(reply.error().path("code").asText()).isEqualTo("invalid_api_key");
            assertThat(reply.header("www-authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void anUnknownKeyIsTurnedAway() {
        assertThat(client().withKey("ck-wrong").get("/v1/models").status()).isEqualTo(401);
    }

    @Test
    void aKeyInAnotherSchemeIsTurnedAway() {
        HttpRequest.Builder request =
                client().withKey("")
                        .to("/v1/models")
                        .header("Authorization", "Basic " + Stage.key());
        assertThat(client().send(request).status()).isEqualTo(401);
    }

    @Test
    void theNameOfTheSchemeMayBeWrittenInAnyCase() {
        HttpRequest.Builder request =
                client().withKey("")
                        .to("/v1/models")
                        .header("Authorization", "bearer " + Stage.key());
        assertThat(client().send(request).status()).isEqualTo(200);
    }

    @Test
    void healthIsOpenAndMetricsAreTheOperators() {
        Client anonymous = client().withKey("");
        assertThat(anonymous.get("/q/health").status()).isEqualTo(200);
        assertThat(anonymous.get("/q/health/live").status()).isEqualTo(200);
        assertThat(anonymous.get("/q/health/ready").body()).contains("catalog");
        for (String path : List.of("/q/metrics", "/q/metrics/", "/q/metrics/x", "/q//metrics")) {
            assertThat(anonymous.get(path).status()).as(path).isIn(401, 404);
        }
        assertThat(anonymous.get("/q/metrics").status()).isEqualTo(401);
        assertThat(client().get("/q/metrics").body()).contains("jvm_memory");
    }

    @Test
    void onlyTheOwnerCanReadTheFirstKey() throws IOException {
        Path file = Stage.folder().resolve("first-key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theKeyItselfIsNowhereInTheDatabase() throws IOException {
        byte[] key = Stage.key().substring(3).getBytes(StandardCharsets.US_ASCII);
        try (Stream<Path> files = Files.list(Stage.folder())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".db")).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain(new String(key, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
