package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.consort.service.stage.Upstream;
import io.consort.service.tenant.Tenancy;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators do with whole catalogs and their revisions. */
@QuarkusTest
@Timeout(180)
class CatalogAdminTest extends OnStage {

    private static final String OWN = "/admin/v1/catalog";
    private static final String KEY = "sk-alpha-very-secret";

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject Service running;

    private final String tenant = "alpha-" + MADE.incrementAndGet();
    private final String path = "/admin/v1/tenants/" + tenant;
    private final String catalog = path + "/catalog";

    @BeforeEach
    void freshTenant() {
        assertThat(client().post("/admin/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant)).status())
                .isEqualTo(201);
    }

    @Test
    void theFileOfTheStartIsTheFirstRevision() {
        Reply json = client().get(OWN);
        assertThat(json.header("etag")).matches("\"[0-9]+\"");
        assertThat(json.header("content-type")).isEqualTo("application/json");
        assertThat(json.json().path("experts").size()).isGreaterThan(10);
        Reply yaml = get(OWN, "accept", "application/yaml");
        assertThat(yaml.header("content-type")).isEqualTo("application/yaml");
        assertThat(yaml.body()).startsWith("version: 1");
        assertThat(get(OWN, "if-none-match", json.header("etag")).status()).isEqualTo(304);
        JsonNode first = client().get(OWN + "/revisions").json().path("data");
        assertThat(first.path(first.size() - 1).path("comment").asText()).isEqualTo("catalog.yaml");
    }

    @Test
    void aCatalogIsMadeChangedAndRestored() {
        assertError(client().get(catalog), 404, "catalog_not_found");
        Reply first = put(catalog("one", KEY), "if-none-match", "*");
        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.header("etag")).isEqualTo("\"1\"");
        assertThat(first.json().path("words").toString()).contains("+ expert one");

        Reply second = put(catalog("two", KEY), "if-match", "\"1\"");
        assertThat(second.header("etag")).isEqualTo("\"2\"");
        assertThat(second.json().path("from").asInt()).isEqualTo(1);
        assertThat(running.tenancies().find(tenant).orElseThrow().roster().models())
                .contains("two")
                .doesNotContain("one");

        Reply restored = send("POST", catalog + "/revisions/1/restore", "", "if-match", "\"2\"");
        assertThat(restored.status()).as(restored.body()).isEqualTo(200);
        assertThat(restored.header("etag")).isEqualTo("\"3\"");
        assertThat(client().get(catalog).json())
                .isEqualTo(client().get(catalog + "/revisions/1").json());
        assertThat(running.tenancies().find(tenant).orElseThrow().roster().models())
                .contains("one");
        JsonNode list = client().get(catalog + "/revisions").json().path("data");
        assertThat(list)
                .extracting(entry -> entry.path("revision").asInt())
                .containsExactly(3, 2, 1);
        assertThat(list.path(0).path("comment").asText()).isEqualTo("restores revision 1");
        assertThat(list.path(0).path("author").asText()).isEqualTo("default/first");
        assertThat(client().get(catalog + "/revisions?below=2").json().path("data")).hasSize(1);
        assertError(client().get(catalog + "/revisions/9"), 404, "revision_not_found");
        assertError(client().get(catalog + "/revisions/x"), 404, "revision_not_found");
    }

    @Test
    void nobodysChangeIsLost() {
        put(catalog("one", KEY), "if-none-match", "*");
        assertError(put(catalog("two", KEY), "x-none", "x"), 428, "precondition_required");
        assertError(put(catalog("two", KEY), "if-match", "\"7\""), 412, "catalog_changed");
        assertError(put(catalog("two", KEY), "if-none-match", "*"), 412, "catalog_changed");
        assertError(put(catalog("two", KEY), "if-match", "W/seven"), 400, "invalid_value");
        assertError(
                send("POST", catalog + "/revisions/1/restore", "", "x-none", "x"),
                428,
                "precondition_required");
        assertError(
                send("DELETE", path + "/experts/one", "", "if-match", "\"9\""),
                412,
                "catalog_changed");
        assertThat(client().get(catalog).header("etag")).isEqualTo("\"1\"");
        assertThat(put(catalog("two", KEY), "if-match", "*").header("etag")).isEqualTo("\"2\"");
        assertThat(put(catalog("two", KEY), "if-match", "\"2\"").header("etag")).isEqualTo("\"2\"");
    }

    @Test
    void aDryRunTellsTheChangeAndMakesNone() {
        put(catalog("one", KEY), "if-none-match", "*");
        Reply look =
                send(
                        "PUT",
                        catalog + "?dry-run=true",
                        catalog("two", KEY),
                        "content-type",
                        "text/yaml");
        assertThat(look.status()).as(look.body()).isEqualTo(200);
        assertThat(look.json().path("words").toString()).contains("- expert one", "+ expert two");
        assertThat(look.json().path("revision").asInt()).isEqualTo(1);
        assertThat(client().get(catalog).body()).contains("\"one\"").doesNotContain("\"two\"");
    }

    @Test
    void providersKeysNeverComeBack() {
        put(catalog("one", KEY), "if-none-match", "*");
        List<Reply> replies = new ArrayList<>();
        replies.add(client().get(catalog));
        replies.add(get(catalog, "accept", "application/yaml"));
        replies.add(client().get(catalog + "/revisions"));
        replies.add(client().get(catalog + "/revisions/1"));
        replies.add(client().get(path + "/experts"));
        replies.add(client().get(path + "/experts/one"));
        replies.add(
                send("PUT", catalog + "?dry-run=true", catalog("one", KEY + "-2"), "x-none", "x"));
        replies.add(put(catalog("one", KEY + "-3"), "if-match", "\"1\""));
        replies.add(put(catalog("one", KEY + "${"), "if-match", "\"2\""));
        replies.add(put(catalog("one", KEY).replace("model", "modell"), "if-match", "\"2\""));
        replies.add(put(catalog("one", KEY).replace("api-key", "api_key"), "if-match", "\"2\""));
        assertThat(replies).noneMatch(reply -> reply.body().contains("very-secret"));
        assertThat(replies.get(1).body()).contains("sealed:");
        assertThat(replies.getFirst().body()).contains("\"api-key\":\"sealed:");
    }

    @Test
    void aMarkerKeepsTheKeyForItsAddressAlone() {
        put(catalog("one", KEY), "if-none-match", "*");
        String shown = get(catalog, "accept", "application/yaml").body();
        Reply kept = put(shown.replace("model: one", "model: plain"), "if-match", "\"1\"");
        assertThat(kept.header("etag")).as(kept.body()).isEqualTo("\"2\"");
        Reply stolen = put(shown.replace("127.0.0.1", "127.0.0.2"), "if-match", "\"2\"");
        assertError(stolen, 400, "invalid_catalog");
        assertThat(stolen.error().path("message").asText())
                .contains("`experts.one.openai.api-key` is a marker", "give the key itself");
    }

    @Test
    void adminsChangeTheirOwnCatalogWithinTheirTenant() {
        put(catalog("one", KEY), "if-none-match", "*");
        Client admin =
                client().withKey(
                                client().post(path + "/keys", "{\"name\":\"a\",\"role\":\"admin\"}")
                                        .json()
                                        .path("key")
                                        .asText());
        String policy = "/admin/v1/policies/second";
        assertThat(put(admin, policy, "pinned: { expert: one }").status()).isEqualTo(200);
        assertThat(admin.get(OWN).header("etag")).isEqualTo("\"2\"");
        String outside =
                "openai: { base-url: \"https://one.example/v1\", api-key: \"${HOME}\", model: m }";
        assertError(put(admin, "/admin/v1/experts/env", outside), 403, "insufficient_role");
        Reply file = put(admin, "/admin/v1/experts/file", "local: { checkpoint: /etc/passwd }");
        assertError(file, 403, "insufficient_role");
        assertThat(file.error().path("message").asText())
                .contains("`experts.file.local.checkpoint` is \"/etc/passwd\"");
        assertError(admin.get(path + "/catalog"), 403, "insufficient_role");
        assertThat(admin.get("/admin/v1/audit").body()).contains("catalog.change", "revision 2");
    }

    @Test
    void aTenantThatIsNotServedKeepsItsCatalogAndComesBackWithIt() {
        put(catalog("one", KEY), "if-none-match", "*");
        state("{\"state\":\"suspended\"}");
        assertThat(running.tenancies().find(tenant)).isEmpty();
        assertThat(client().get(catalog).status()).isEqualTo(200);
        assertError(put(catalog("two", KEY), "if-match", "*"), 409, "tenant_suspended");
        state("{\"state\":\"active\"}");
        while (running.tenancies().find(tenant).map(Tenancy::revision).orElse(0L) != 1) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        client().send(client().to(path).DELETE());
        assertError(client().get(catalog), 404, "tenant_not_found");
        assertError(put(catalog("two", KEY), "if-match", "*"), 404, "tenant_not_found");
    }

    @Test
    void aStreamWhoseExpertIsDeletedEndsWhole() {
        String expert = "/admin/v1/experts/lingering";
        String slow =
                "openai: { base-url: \"http://127.0.0.1:%d/v1\", model: slow }"
                        .formatted(Stage.upstream().port());
        assertThat(send("PUT", expert, slow, "if-match", "*").status()).isEqualTo(200);
        String question = Client.chat("lingering", "x", ",\"stream\":true");
        List<String> events = new ArrayList<>();
        try (Stream<String> lines = client().lines(CHAT, question)) {
            Iterator<String> rest = lines.filter(line -> !line.isEmpty()).iterator();
            events.add(rest.next());
            assertThat(send("DELETE", expert, "", "if-match", "*").status()).isEqualTo(200);
            assertError(client().post(CHAT, question), 404, "model_not_found");
            rest.forEachRemaining(events::add);
        }
        assertThat(events).hasSize(Upstream.SLOW_CHUNKS + 2);
        assertThat(events).last().isEqualTo("data: [DONE]");
        assertError(client().get(expert), 404, "expert_not_found");
    }

    private static String catalog(String expert, String key) {
        return """
        version: 1
        # What alpha has.
        experts:
          - id: %s
            openai: { base-url: "http://127.0.0.1:%d/v1", api-key: "%s", model: %s }
        policies:
          - id: default
            pinned: { expert: %s }
        """
                .formatted(expert, Stage.upstream().port(), key, expert, expert);
    }

    private void state(String body) {
        HttpRequest.Builder request = client().to(path).header("content-type", "application/json");
        assertThat(client().send(request.method("PATCH", BodyPublishers.ofString(body))).status())
                .isEqualTo(200);
    }

    private static Reply put(Client client, String where, String body) {
        return client.send(
                client.to(where)
                        .header("content-type", "application/yaml")
                        .header("if-match", "*")
                        .PUT(BodyPublishers.ofString(body)));
    }

    private Reply put(String body, String header, String value) {
        return send("PUT", catalog, body, header, value);
    }

    private Reply get(String path, String header, String value) {
        return client().send(client().to(path).header(header, value).GET());
    }

    private Reply send(String method, String path, String body, String header, String value) {
        HttpRequest.Builder request = client().to(path).header(header, value);
        if (!header.equals("content-type")) {
            request.header("content-type", "application/yaml");
        }
        return client().send(request.method(method, BodyPublishers.ofString(body)));
    }

    private static void assertError(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
        assertThat(reply.error().path("message").asText()).isNotBlank();
    }
}
