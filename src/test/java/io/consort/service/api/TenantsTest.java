package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
class TenantsTest extends OnStage {

    private static final String TENANTS = "/admin/v1/tenants";

    @Inject Service running;

    @Test
    void aTenantIsMadeSuspendedResumedAndRemoved() {
        Reply made =
                client().post(
                                TENANTS,
                                "{\"id\":\"life\",\"name\":\"Life\",\"limits\":{\"requests_per_minute\":9}}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("location")).isEqualTo(TENANTS + "/life");
        assertThat(made.json().path("limits").toString()).isEqualTo("{\"requests_per_minute\":9}");
        assertThat(client().get(TENANTS).body()).contains("\"life\"", "\"default\"");
        Client guest = client().withKey(key(client(), "/tenants/life", "g", "admin"));

        assertThat(guest.get("/v1/models").json().path("data")).isEmpty();
        Reply nothing = guest.post(CHAT, Client.chat("auto", "x", ""));
        assertThat(nothing.status()).isEqualTo(404);
        assertThat(nothing.error().path("message").asText()).contains("no experts");

        assertThat(patch(client(), TENANTS + "/life", "{\"state\":\"suspended\"}").status())
                .isEqualTo(200);
        assertThat(guest.get("/v1/models").status()).isEqualTo(403);
        assertThat(guest.get("/v1/models").error().path("code").asText())
                .isEqualTo("tenant_suspended");
        assertThat(running.tenancies().find("life")).isEmpty();

        Reply resumed = patch(client(), TENANTS + "/life", "{\"state\":\"active\",\"name\":\"L\"}");
        assertThat(resumed.json().path("name").asText()).isEqualTo("L");
        assertThat(guest.get("/v1/models").status()).isEqualTo(200);

        assertThat(delete(client(), TENANTS + "/life").json().path("state").asText())
                .isEqualTo("removed");
        assertThat(guest.get("/v1/models").status()).isEqualTo(401);
        assertThat(running.tenancies().find("life")).isEmpty();
        assertThat(actions("/tenants/life"))
                .isEqualTo("tenant.remove tenant.change tenant.change key.create tenant.create ");
    }

    @Test
    void aKeyIsShownOnceAndRevokedAtOnce() {
        Reply made =
                client().post(
                                "/admin/v1/keys",
                                "{\"name\":\"robot\",\"expires\":\"2100-01-01T00:00:00+01:00\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String secret = made.json().path("key").asText();
        String path = "/admin/v1/keys/" + made.json().path("id").asText();
        assertThat(secret).startsWith(made.json().path("prefix").asText());
        assertThat(made.json().path("role").asText()).isEqualTo("chat");
        assertThat(made.json().path("expires").asText()).isEqualTo("2099-12-31T23:00:00Z");
        assertThat(client().get(path).body()).doesNotContain(secret).contains("robot");
        assertThat(client().get("/admin/v1/keys").body()).doesNotContain(secret);

        Client robot = client().withKey(secret);
        assertThat(robot.get("/v1/models").status()).isEqualTo(200);
        assertThat(
                        patch(client(), path, "{\"limits\":{\"concurrent\":3}}")
                                .json()
                                .at("/limits/concurrent")
                                .asInt())
                .isEqualTo(3);
        assertThat(delete(client(), path).json().path("revoked").isNull()).isFalse();
        assertThat(robot.get("/v1/models").status()).isEqualTo(401);
        assertThat(delete(client(), path).status()).isEqualTo(404);
        assertThat(actions("")).startsWith("key.revoke key.limit key.create ");
        assertThat(client().get("/admin/v1/audit").body()).doesNotContain(secret);
    }

    @Test
    void anAdministratorManagesTheKeysOfItsTenantAndNoMore()
            throws SQLException, IOException, CatalogFileException {
        Guest guest = Guest.invite(client(), "manager");
        String own = key(guest.admin(), "", "own", "admin");
        assertThat(client().withKey(own).get("/admin/v1/router").status()).isEqualTo(200);
        assertCode(
                guest.admin().post("/admin/v1/keys", "{\"name\":\"x\",\"role\":\"root\"}"),
                403,
                "insufficient_role");
        Reply root = client().post(TENANTS + "/manager/keys", "{\"name\":\"r\",\"role\":\"root\"}");
        String rootKey = "/admin/v1/keys/" + root.json().path("id").asText();
        assertCode(delete(guest.admin(), rootKey), 403, "insufficient_role");
        assertCode(patch(guest.admin(), rootKey, "{\"limits\":{}}"), 403, "insufficient_role");
        for (String path : new String[] {"", "/manager", "/manager/keys", "/default/keys"}) {
            assertCode(guest.admin().get(TENANTS + path), 403, "insufficient_role");
        }
        assertCode(guest.chat().get("/admin/v1/keys"), 403, "insufficient_role");
        JsonNode keys = guest.admin().get("/admin/v1/keys").json().path("data");
        assertThat(keys).hasSize(4).allMatch(key -> key.path("tenant").asText().equals("manager"));
        assertThat(client().get(TENANTS + "/manager/keys").json().path("data")).hasSize(4);
    }

    @Test
    void whatWasUsedIsToldByDayExpertAndKey()
            throws SQLException, IOException, CatalogFileException {
        Guest guest = Guest.invite(client(), "spender");
        String id = "";
        for (int i = 0; i < 3; i++) {
            Reply answer = guest.chat().post(CHAT, Client.chat("auto", "x", ""));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            id = answer.header("x-consort-decision");
        }
        JsonNode record = awaitRecord(guest.admin(), id);
        assertThat(record.path("outcome").asText()).isEqualTo("answered");
        assertThat(record.path("expert").asText()).isEqualTo("spender-expert");
        assertThat(record.path("key").asText()).isEqualTo(guest.chatKey());
        assertThat(record.at("/usage/completion_tokens").asInt()).isEqualTo(2);
        assertThat(record.path("attempts")).isEmpty();

        JsonNode usage = guest.admin().get("/admin/v1/usage?by=day,expert,key").json();
        assertThat(usage.path("data")).hasSize(1);
        JsonNode line = usage.path("data").path(0);
        assertThat(line.path("requests").asInt()).isEqualTo(3);
        assertThat(line.path("prompt_tokens").asInt()).isEqualTo(21);
        assertThat(line.path("cost_usd").asDouble()).isBetween(0.0269, 0.0271);
        assertThat(line.path("expert").asText()).isEqualTo("spender-expert");
        assertThat(line.path("key").asText()).isEqualTo(guest.chatKey());
        assertThat(line.path("day").asText()).hasSize(10);
        assertThat(client().get(TENANTS + "/spender/usage?by=expert").json().path("data"))
                .hasSize(1);
        assertThat(guest.admin().get("/admin/v1/usage?from=2020-01-01&to=2020-02-01").body())
                .contains("\"data\":[]");

        JsonNode page = guest.admin().get("/admin/v1/decisions?limit=2").json().path("data");
        assertThat(page).hasSize(2);
        assertThat(page.path(0).path("id").asText()).isEqualTo(id);
        String last = page.path(1).path("id").asText();
        assertThat(guest.admin().get("/admin/v1/decisions?before=" + last).json().path("data"))
                .hasSize(1);
    }

    @Test
    void aDecisionTellsItsAttemptsAndWhatWasSaidOfIt() {
        Reply answer =
                client().post(CHAT, Client.chat("auto", "Will it rain tomorrow in Berlin?", ""));
        String id = answer.header("x-consort-decision");
        awaitRecord(client(), id);
        client().post(
                        "/v1/feedback",
                        "{\"completion_id\":\"%s\",\"score\":1,\"label\":\"good\"}".formatted(id));
        JsonNode record = client().get("/admin/v1/decisions/" + id).json();
        assertThat(record.at("/attempts/0/expert").asText()).isEqualTo("down");
        assertThat(record.at("/attempts/0/failure").asText()).isEqualTo("unreachable");
        assertThat(record.at("/feedback/0/label").asText()).isEqualTo("good");
        assertThat(record.at("/feedback/0/comment").isNull()).isTrue();
    }

    private static JsonNode awaitRecord(Client client, String id) {
        while (true) {
            Reply reply = client.get("/admin/v1/decisions/" + id);
            if (reply.status() == 200) {
                return reply.json();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static String key(Client by, String of, String name, String role) {
        Reply made =
                by.post(
                        "/admin/v1%s/keys".formatted(of),
                        "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("key").asText();
    }

    private String actions(String of) {
        StringBuilder actions = new StringBuilder();
        for (JsonNode entry : client().get("/admin/v1%s/audit".formatted(of)).json().path("data")) {
            actions.append(entry.path("action").asText()).append(' ');
        }
        return actions.toString();
    }

    private static void assertCode(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
    }

    static Reply patch(Client client, String path, String body) {
        return client.send(
                client.to(path)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    static Reply delete(Client client, String path) {
        return client.send(client.to(path).DELETE());
    }
}
