package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What administrators may get wrong, and what they are told. */
@QuarkusTest
class BadAdminInputTest extends OnStage {

    private static final String TENANTS = "/admin/v1/tenants";
    private static final String DEFAULT = TENANTS + "/default";
    private static final String KEYS = "/admin/v1/keys";

    /** A request of root, and the answer: its status, its code, its field, words of its message. */
    record Mistake(
            String method,
            String path,
            String body,
            int status,
            String code,
            String param,
            String remedy) {

        @Override
        public String toString() {
            String shown = body.length() > 60 ? body.substring(0, 60) + "..." : body;
            return "%s %s %s".formatted(method, path, shown);
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(bodies(), tenants(), keys(), books(), catalogs()).flatMap(each -> each);
    }

    private static Stream<Mistake> bodies() {
        String deep = "{\"limits\":".repeat(101) + "1" + "}".repeat(101);
        return Stream.of(
                post(TENANTS, "", 400, "invalid_json", "", "send a JSON object"),
                post(TENANTS, "[]", 400, "invalid_json", "", "send a JSON object"),
                post(TENANTS, "{\"id\":", 400, "invalid_json", "", "line 1"),
                post(TENANTS, "{\"id\":\"x\"} {}", 400, "invalid_json", "", "remove it"),
                post(TENANTS, deep, 400, "invalid_json", "", "100 levels"));
    }

    private static Stream<Mistake> tenants() {
        String missing = "missing_required_parameter";
        return Stream.of(
                post(TENANTS, "{}", 400, missing, "id", "send the tenant's id"),
                post(TENANTS, "{\"id\":7}", 400, "invalid_type", "id", "a string"),
                post(TENANTS, "{\"id\":\"A\"}", 400, "invalid_value", "id", "a-z"),
                post(TENANTS, "{\"id\":\"a/b\"}", 400, "invalid_value", "id", "a-z"),
                post(TENANTS, "{\"id\":\"-a\"}", 400, "invalid_value", "id", "letter"),
                post(
                        TENANTS,
                        "{\"id\":\"%s\"}".formatted("x".repeat(64)),
                        400,
                        "invalid_value",
                        "id",
                        "63"),
                post(
                        TENANTS,
                        "{\"id\":\"a\",\"name\":\"%s\"}".formatted("x".repeat(201)),
                        400,
                        "invalid_value",
                        "name",
                        "200 characters"),
                post(
                        TENANTS,
                        "{\"id\":\"a\",\"state\":\"suspended\"}",
                        400,
                        "invalid_value",
                        "state",
                        "leave `state` out"),
                post(
                        TENANTS,
                        "{\"id\":\"a\",\"colour\":1}",
                        400,
                        "unknown_field",
                        "colour",
                        "it has id, name, state and limits"),
                post(
                        TENANTS,
                        "{\"id\":\"a\",\"limits\":[]}",
                        400,
                        "invalid_type",
                        "limits",
                        "an object"),
                post(TENANTS, "{\"id\":\"default\"}", 409, "tenant_exists", "", "another"),
                new Mistake(
                        "GET", TENANTS + "/nobody", "", 404, "tenant_not_found", "tenant", "lists"),
                patch(TENANTS + "/nobody", "{\"name\":\"x\"}", 404, "tenant_not_found", "tenant"),
                patch(DEFAULT, "{}", 400, missing, "name"),
                patch(DEFAULT, "{\"id\":\"x\"}", 400, "invalid_value", "id"),
                patch(DEFAULT, "{\"state\":\"gone\"}", 400, "invalid_value", "state"),
                patch(DEFAULT, "{\"state\":\"suspended\"}", 409, "tenant_needed", ""),
                new Mistake("DELETE", DEFAULT, "", 409, "tenant_needed", "", "administer"),
                new Mistake("PUT", DEFAULT, "{}", 405, "method_not_allowed", "", "PATCH"));
    }

    private static Stream<Mistake> keys() {
        String missing = "missing_required_parameter";
        return Stream.of(
                post(KEYS, "{}", 400, missing, "name", "who or what"),
                post(KEYS, "{\"name\":\" \"}", 400, "invalid_value", "name", "who or what"),
                post(
                        KEYS,
                        "{\"name\":\"x\",\"role\":\"king\"}",
                        400,
                        "invalid_value",
                        "role",
                        "chat, admin or root"),
                post(
                        KEYS,
                        "{\"name\":\"x\",\"expires\":\"tomorrow\"}",
                        400,
                        "invalid_value",
                        "expires",
                        "2027-01-31T00:00:00Z"),
                post(
                        KEYS,
                        "{\"name\":\"x\",\"expires\":\"2020-01-01T00:00:00Z\"}",
                        400,
                        "invalid_value",
                        "expires",
                        "later"),
                post(
                        KEYS,
                        "{\"name\":\"x\",\"limits\":\"none\"}",
                        400,
                        "invalid_type",
                        "limits",
                        "an object"),
                post(
                        KEYS,
                        "{\"name\":\"x\",\"key\":\"ck-mine\"}",
                        400,
                        "unknown_field",
                        "key",
                        "name, role, expires and limits"),
                post(
                        TENANTS + "/nobody/keys",
                        "{\"name\":\"x\"}",
                        404,
                        "tenant_not_found",
                        "tenant",
                        "lists"),
                new Mistake("GET", KEYS + "/key_x", "", 404, "key_not_found", "key", "lists"),
                new Mistake("DELETE", KEYS + "/12", "", 404, "key_not_found", "key", "lists"),
                patch(KEYS + "/key_1", "{\"role\":\"root\"}", 400, "invalid_value", "name"),
                patch(KEYS + "/key_1", "{}", 400, missing, "limits"),
                patch(KEYS + "/key_999999", "{\"limits\":{}}", 404, "key_not_found", "key"));
    }

    private static Stream<Mistake> books() {
        String usage = "/admin/v1/usage";
        return Stream.of(
                get(usage + "?from=yesterday", "from", "as in 2026-01-31"),
                get(usage + "?from=2026-02-01&to=2026-01-01", "from", "not after"),
                get(usage + "?from=1999-01-01&to=2026-01-01", "from", "400 days"),
                get(usage + "?by=moon", "by", "day, expert, key"),
                get("/admin/v1/decisions?limit=0", "limit", "1 to 1000"),
                get("/admin/v1/decisions?limit=many", "limit", "1 to 1000"),
                get("/admin/v1/audit?before=noon", "before", "last page"),
                new Mistake(
                        "GET",
                        "/admin/v1/decisions/mine",
                        "",
                        404,
                        "decision_not_found",
                        "id",
                        "x-consort-decision"));
    }

    private static Stream<Mistake> catalogs() {
        String catalog = "/admin/v1/catalog";
        String experts = "/admin/v1/experts";
        String invalid = "invalid_catalog";
        return Stream.of(
                put(catalog, "", 400, invalid, "version"),
                put(catalog, "- a\n- b\n", 400, invalid, "catalog"),
                put(catalog, "{\"version\":1,\"exprts\":[]}", 400, invalid, "experts"),
                put(catalog, "{\"version\":7}", 400, invalid, "version"),
                put(experts + "/plain", "{\"colour\":1}", 400, invalid, "colour"),
                put(
                        experts + "/plain?comment=" + "x".repeat(1001),
                        "{}",
                        400,
                        "invalid_value",
                        "1000"),
                put("/admin/v1/maps/nothing", "[plain]", 400, invalid, "nothing"),
                new Mistake("DELETE", experts + "/plain", "", 400, invalid, "", "plain"),
                new Mistake(
                        "DELETE", experts + "/nobody", "", 404, "expert_not_found", "", "it has"),
                new Mistake("GET", experts + "/nobody", "", 404, "expert_not_found", "", "it has"),
                new Mistake(
                        "DELETE",
                        "/admin/v1/policies/nothing",
                        "",
                        404,
                        "policy_not_found",
                        "",
                        "it has"),
                new Mistake(
                        "GET",
                        catalog + "/revisions/99999",
                        "",
                        404,
                        "revision_not_found",
                        "",
                        "lists"),
                new Mistake(
                        "GET",
                        catalog + "/revisions/first",
                        "",
                        404,
                        "revision_not_found",
                        "",
                        "lists"),
                get(catalog + "/revisions?below=x", "below", "number of a revision"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void whatIsWrongIsToldWithItsRemedy(Mistake mistake) {
        Reply reply =
                client().send(
                                client().to(mistake.path())
                                        .header("Content-Type", "application/json")
                                        .header("If-Match", "*")
                                        .method(
                                                mistake.method(),
                                                BodyPublishers.ofString(mistake.body())));
        assertThat(reply.status()).as(reply.body()).isEqualTo(mistake.status());
        assertThat(reply.error().path("code").asText()).isEqualTo(mistake.code());
        assertThat(reply.error().path("param").toString()).isEqualTo(named(mistake.param()));
        assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.error().path("message").asText())
                .contains(mistake.remedy())
                .doesNotContain("Exception", "select ", "\tat ");
    }

    @Test
    void aKeyCannotRevokeItself() {
        String name = "{\"name\":\"self\",\"role\":\"root\"}";
        Reply made = client().post(KEYS, name);
        Client self = client().withKey(made.json().path("key").asText());
        String path = KEYS + "/" + made.json().path("id").asText();
        Reply refused = TenantsTest.delete(self, path);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error().path("code").asText()).isEqualTo("key_in_use");
        assertThat(TenantsTest.delete(client(), path).status()).isEqualTo(200);
    }

    @Test
    void aChangeOfACatalogSaysWhichRevisionItFollows() {
        String path = "/admin/v1/experts/plain";
        assertPrecondition("", path, 428, "precondition_required");
        assertPrecondition("If-Match=99999", path, 412, "catalog_changed");
        assertPrecondition("If-Match=new", path, 400, "invalid_value");
    }

    private void assertPrecondition(String header, String path, int status, String code) {
        int equals = header.indexOf('=');
        HttpRequest.Builder request = client().to(path).DELETE();
        Reply reply =
                client().send(
                                equals < 0
                                        ? request
                                        : request.header(
                                                header.substring(0, equals),
                                                header.substring(equals + 1)));
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
    }

    @Test
    void aBodyThatIsNoJsonIsToldByItsMediaType() {
        Reply reply =
                client().send(
                                client().to(KEYS)
                                        .header("Content-Type", "text/plain")
                                        .POST(BodyPublishers.ofString("{\"name\":\"x\"}")));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.error().path("code").asText()).isEqualTo("unsupported_media_type");
    }

    /** A field in JSON, which has null where there is none. */
    private static String named(String param) {
        return param.isEmpty() ? "null" : "\"" + param + "\"";
    }

    private static Mistake post(
            String path, String body, int status, String code, String param, String remedy) {
        return new Mistake("POST", path, body, status, code, param, remedy);
    }

    private static Mistake put(String path, String body, int status, String code, String remedy) {
        String param = code.equals("invalid_value") ? "comment" : "";
        return new Mistake("PUT", path, body, status, code, param, remedy);
    }

    private static Mistake patch(String path, String body, int status, String code, String param) {
        return new Mistake("PATCH", path, body, status, code, param, "");
    }

    private static Mistake get(String path, String param, String remedy) {
        return new Mistake("GET", path, "", 400, "invalid_value", param, remedy);
    }
}
