package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.Service;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What administrators do with single elements of a catalog, and how mistakes are told. */
@QuarkusTest
@Timeout(180)
class ElementsTest extends OnStage {

    private static final String CATALOG =
            """
            version: 1
            categories:
              - { id: sums, examples: ["1 + 1", "2 + 2", "3 + 3", "4 + 5", "6 + 7", "8 + 9"] }
            experts:
              - id: one
                openai: { base-url: "https://one.example/v1", api-key: "sk-beta-secret", model: m }
              - id: two
                openai: { base-url: "https://two.example/v1", model: m }
            map: { sums: [one, two] }
            policies:
              - id: default
                mapped: { fallback: two }
            """;

    private static final AtomicInteger MADE = new AtomicInteger();

    @Inject Service running;

    private final String tenant = "beta-" + MADE.incrementAndGet();
    private final String beta = "/admin/v1/tenants/" + tenant;

    @BeforeEach
    void freshTenant() {
        assertThat(client().post("/admin/v1/tenants", "{\"id\":\"%s\"}".formatted(tenant)).status())
                .isEqualTo(201);
        Reply made =
                client().send(
                                client().to(beta + "/catalog")
                                        .header("if-none-match", "*")
                                        .header("content-type", "application/yaml")
                                        .PUT(BodyPublishers.ofString(CATALOG)));
        assertThat(made.status()).as(made.body()).isEqualTo(200);
    }

    @Test
    void elementsOfEveryPartAreReadMadeChangedAndDeleted() {
        assertThat(client().get(beta + "/experts").json().path("data")).hasSize(2);
        assertThat(client().get(beta + "/experts/two").json().at("/openai/model").asText())
                .isEqualTo("m");
        assertThat(client().get(beta + "/maps/sums").body()).isEqualTo("[\"one\",\"two\"]");
        assertThat(client().get(beta + "/maps").json().at("/data/0/experts/1").asText())
                .isEqualTo("two");

        made(
                "/experts/three",
                "{\"openai\":{\"base-url\":\"https://three.example/v1\",\"model\":\"m\"}}",
                2);
        made("/categories/poems", "{\"examples\":[\"Roses\",\"Violets\",\"Daisies\"]}", 3);
        made("/maps/poems", "[\"three\"]", 4);
        made("/policies/three", "{\"pinned\":{\"expert\":\"three\"}}", 5);
        made(
                "/experts/three",
                "{\"openai\":{\"base-url\":\"https://three.example/v1\",\"model\":\"n\"}}",
                6);
        assertThat(client().get(beta + "/experts/three").json().at("/openai/model").asText())
                .isEqualTo("n");
        assertThat(client().get(beta + "/policies").json().path("data")).hasSize(2);

        deleted("/policies/three", 7);
        deleted("/maps/poems", 8);
        deleted("/categories/poems", 9);
        deleted("/experts/three", 10);
        assertThat(client().get(beta + "/catalog").json())
                .isEqualTo(client().get(beta + "/catalog/revisions/1").json());
        assertThat(client().get(beta + "/catalog/revisions").json().at("/data/0/comment").asText())
                .isEqualTo("deletes expert three");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    PUT|/experts/one|{"openai":{"base-url":"https://x.example/v1"}}|400|`experts.one.openai.model` is missing
                    PUT|/experts/one|{"openai":{"base-url":"ftp://x","model":"m"}}|400|"ftp://x"
                    PUT|/experts/one|{"openai":{"base-url":"https://x.example","modle":"m"}}|400|did you mean `model`
                    PUT|/experts/one|{}|400|`experts.one` must come from exactly one source
                    PUT|/experts/one|{"id":"other","openai":{}}|400|expert one:1: `id` is "other" but the path says "one"
                    PUT|/experts/one|[1]|400|expert one:1: this should be a mapping
                    PUT|/experts/one|{"a"|400|this is not YAML
                    PUT|/experts/one||400|the file is empty
                    PUT|/experts/auto|{"openai":{"base-url":"https://x.example","model":"m"}}|400|reserved
                    PUT|/experts/a%20b|{"openai":{"base-url":"https://x.example","model":"m"}}|400|use 1 to 63 letters
                    PUT|/experts/one|{"openai":{"base-url":"https://x.example","model":"m"},"price":{"input":-1}}|400|price
                    PUT|/experts/one|{"openai":{"base-url":"https://x.example","model":"m"},"guard":{"timeout":"soon"}}|400|write a duration
                    PUT|/experts/one|{"openai":{"base-url":"https://one.example/v1","api-key":"sealed:0123456789abcdef","model":"m"}}|400|give the key itself
                    PUT|/experts/one|{"openai":{"base-url":"https://one.example/v1","api-key":"${NO_SUCH_VARIABLE}","model":"m"}}|400|NO_SUCH_VARIABLE
                    DELETE|/experts/two||400|names the expert "two"
                    DELETE|/experts/three||404|it has: one, two
                    PUT|/categories/none|{"examples":["x"]}|400|reserved
                    PUT|/categories/empty|{"description":"x"}|400|give some queries of this kind
                    DELETE|/categories/sums||400|names the category "sums"
                    PUT|/maps/sums|["three"]|400|names the expert "three"
                    PUT|/maps/sums|"one"|400|should be a list
                    PUT|/maps/nothing|["one"]|400|names the category "nothing"
                    PUT|/policies/default|{"pinned":{}}|400|name the expert that answers everything
                    PUT|/policies/default|{"mapped":{"abstain-below":2}}|400|between 0 and 1
                    PUT|/policies/default|{"pinned":{"expert":"one"},"mapped":{}}|400|exactly one kind
                    DELETE|/policies/other||404|it has: default
                    """)
    void mistakesAreToldAndChangeNothing(
            String method, String path, String body, int status, String message) {
        Reply reply = send(method, path, body == null ? "" : body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.error().path("message").asText()).contains(message);
        assertThat(client().get(beta + "/catalog").header("etag")).isEqualTo("\"1\"");
    }

    @Test
    void aTenantThatDoesNotExistHasNoCatalog() {
        String nobody = "/admin/v1/tenants/nobody/catalog";
        assertThat(client().get(nobody).status()).isEqualTo(404);
        Reply put =
                client().send(
                                client().to(nobody)
                                        .header("if-none-match", "*")
                                        .PUT(BodyPublishers.ofString(CATALOG)));
        assertThat(put.status()).isEqualTo(404);
        assertThat(put.error().path("code").asText()).isEqualTo("tenant_not_found");
        assertThat(running.tenancies().find("nobody")).isEmpty();
    }

    private void made(String path, String body, int revision) {
        Reply reply = send("PUT", path, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("etag")).isEqualTo("\"%d\"".formatted(revision));
    }

    private void deleted(String path, int revision) {
        Reply reply = send("DELETE", path, "");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.header("etag")).isEqualTo("\"%d\"".formatted(revision));
    }

    private Reply send(String method, String path, String body) {
        return client().send(
                        client().to(beta + path)
                                .header("if-match", "*")
                                .header("content-type", "application/json")
                                .method(method, BodyPublishers.ofString(body)));
    }
}
