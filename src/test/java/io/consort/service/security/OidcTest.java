package io.consort.service.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bearer tokens of an issuer instead of keys, over HTTP. */
@QuarkusTest
@QuarkusTestResource(Stage.class)
@QuarkusTestResource(value = IssuerStage.class, restrictToAnnotatedClass = true)
@Timeout(120)
class OidcTest {

    @TestHTTPResource("/")
    private URI service = URI.create("http://127.0.0.1");

    @Test
    void aTokenOpensWhatItsRoleCovers() {
        Client chatting = with(IssuerStage.issuer().token(UnaryOperator.identity()));
        Reply reply = answered(chatting);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(chatting.get("/admin/v1/categories").status()).isEqualTo(403);
        Client administering =
                with(
                        IssuerStage.issuer()
                                .token(claims -> claims.claim("roles", List.of("consort-admin"))));
        assertThat(administering.get("/admin/v1/categories").status()).isEqualTo(200);
    }

    @Test
    void aTokenOfASuspendedTenantIsRefusedAtTheGate() {
        Client root = Client.of(service);
        root.post("/admin/v1/tenants", "{\"id\":\"away\",\"name\":\"Away\"}");
        Client guest = with(IssuerStage.issuer().token(claims -> claims.claim("tenant", "away")));
        answered(guest);
        assertThat(guest.get("/v1/models").status()).isEqualTo(200);
        state(root, "suspended");
        Reply refused = guest.get("/v1/models");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error().path("code").asText()).isEqualTo("tenant_suspended");
        state(root, "active");
        assertThat(guest.get("/v1/models").status()).isEqualTo(200);
    }

    private static void state(Client root, String state) {
        HttpRequest.Builder change =
                root.to("/admin/v1/tenants/away")
                        .header("content-type", "application/json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"state\":\"%s\"}".formatted(state)));
        assertThat(root.send(change).status()).isEqualTo(200);
    }

    @Test
    void keysStillWork() {
        assertThat(Client.of(service).get("/v1/models").status()).isEqualTo(200);
        assertThat(with("ck-unknown").get("/v1/models").status()).isEqualTo(401);
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedInWordsThatSayWhy() {
        answered(with(IssuerStage.issuer().token(UnaryOperator.identity())));
        Reply wrong =
                with(IssuerStage.issuer().token(claims -> claims.audience("another")))
                        .get("/v1/models");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("www-authenticate")).isEqualTo("Bearer");
        assertThat(wrong.error().path("code").asText()).isEqualTo("invalid_token");
        assertThat(wrong.error().path("message").asText()).contains("aud claim");
        assertThat(with(IssuerStage.issuer().forged()).get("/v1/models").status()).isEqualTo(401);
    }

    /** What is answered once the service knows the issuer's keys. */
    private static Reply answered(Client client) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        Reply reply = client.post("/v1/chat/completions", Client.chat("plain", "x", ""));
        while (reply.status() == 503 && System.nanoTime() < deadline) {
            reply = client.post("/v1/chat/completions", Client.chat("plain", "x", ""));
        }
        return reply;
    }

    private Client with(String token) {
        return Client.of(service, token);
    }
}
