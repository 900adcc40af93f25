package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Routes;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tries every endpoint that there is with every id of another tenant. What another tenant has must be
 * told apart in nothing from what nobody has: same status, same headers, same words but for the id.
 */
@QuarkusTest
@Timeout(300)
class IsolationTest extends OnStage {

    private static final Pattern PARAMETER = Pattern.compile(":\\w+|\\*$");
    private static final String ANY = "{}";

    /** Bodies with which an endpoint gets as far as its ids, where {@value #ANY} does not. */
    private static final Map<String, String> BODIES =
            Map.of(
                    "POST /admin/v1/categories/:id/examples", "{\"examples\":[\"x\"]}",
                    "PATCH /admin/v1/keys/:key", "{\"limits\":{}}",
                    "PATCH /admin/v1/tenants/:tenant", "{\"name\":\"x\"}",
                    "PATCH /admin/v1/tenants/:tenant/keys/:key", "{\"limits\":{}}",
                    "POST /admin/v1/tenants/:tenant/keys", "{\"name\":\"x\"}");

    @Inject Routes routes;

    private int tried;

    /** An id of a tenant, and one of the same form that nobody has. */
    private record Id(String own, String nobodys) {}

    /** An endpoint. */
    private record Endpoint(String method, String path) {
        String body() {
            return BODIES.getOrDefault(method + " " + path, method.equals("GET") ? "" : ANY);
        }
    }

    @Test
    void noTenantLearnsOrChangesAnythingOfAnother() {
        Guest zebra = Guest.invite(client(), "zebra");
        Guest quokka = Guest.invite(client(), "quokka");
        List<Endpoint> endpoints = endpoints();
        assertThat(endpoints).contains(new Endpoint("DELETE", "/admin/v1/keys/:key"));
        assertThat(endpoints).contains(new Endpoint("POST", "/v1/chat/completions"));
        assertThat(endpoints.size()).isGreaterThan(30);

        attack(endpoints, zebra, quokka);
        attack(endpoints, quokka, zebra);
        System.out.printf("isolation: %d endpoints, %d requests%n", endpoints.size(), tried);
        assertThat(tried).isGreaterThan(1_000);
    }

    private void attack(List<Endpoint> endpoints, Guest attacker, Guest victim) {
        List<Id> ids = ids(victim);
        String before = state(victim);
        String asked = Stage.upstream().body(victim.word() + "-model");
        for (Client client : List.of(attacker.admin(), attacker.chat())) {
            for (Endpoint endpoint : endpoints) {
                bare(client, endpoint, victim, ids);
                for (Id id : ids) {
                    named(client, endpoint, victim, id);
                }
            }
            for (Id id : ids) {
                bodies(client, victim, id);
            }
        }
        assertThat(state(victim)).isEqualTo(before);
        assertThat(Stage.upstream().body(victim.word() + "-model")).isEqualTo(asked);
    }

    /** Without ids, but with everything that might let somebody slip in. */
    private void bare(Client client, Endpoint endpoint, Guest victim, List<Id> ids) {
        if (PARAMETER.matcher(endpoint.path()).find()) {
            return;
        }
        Reply plain = send(client, endpoint, endpoint.path(), endpoint.body());
        assertThat(seen(plain)).as(endpoint.toString()).doesNotContain(victim.word());
        for (Id id : ids) {
            for (String name : List.of("tenant", "key", "expert", "category", "before", "id")) {
                String path = "%s?%s=%s".formatted(endpoint.path(), name, id.own());
                Reply reply = send(client, endpoint, path, endpoint.body());
                assertThat(reply.status()).as(endpoint + " " + path).isLessThan(500);
                assertThat(seen(reply)).as(endpoint + " " + path).doesNotContain(victim.word());
            }
        }
    }

    /** With an id of the victim in the path, and with one that nobody has. */
    private void named(Client client, Endpoint endpoint, Guest victim, Id id) {
        if (!PARAMETER.matcher(endpoint.path()).find()) {
            return;
        }
        compare(
                client,
                endpoint,
                victim,
                id,
                PARAMETER.matcher(endpoint.path()).replaceAll(id.own()),
                PARAMETER.matcher(endpoint.path()).replaceAll(id.nobodys()),
                endpoint.body(),
                endpoint.body());
    }

    /** With an id of the victim in the body, and with one that nobody has. */
    private void bodies(Client client, Guest victim, Id id) {
        for (String path : List.of(CHAT, "/v1/route")) {
            compare(
                    client,
                    new Endpoint("POST", path),
                    victim,
                    id,
                    path,
                    path,
                    Client.chat(id.own(), "x", ""),
                    Client.chat(id.nobodys(), "x", ""));
        }
        String feedback = "{\"completion_id\":\"%s\",\"score\":0}";
        compare(
                client,
                new Endpoint("POST", "/v1/feedback"),
                victim,
                id,
                "/v1/feedback",
                "/v1/feedback",
                feedback.formatted(id.own()),
                feedback.formatted(id.nobodys()));
        Reply spoofed =
                client.send(client.to("/admin/v1/keys").header("x-consort-tenant", victim.word()));
        tried++;
        assertThat(seen(spoofed)).doesNotContain(victim.word());
    }

    private void compare(
            Client client,
            Endpoint endpoint,
            Guest victim,
            Id id,
            String path,
            String control,
            String body,
            String controlBody) {
        Reply theirs = send(client, endpoint, path, body);
        Reply nobodys = send(client, endpoint, control, controlBody);
        String what = endpoint + " " + path + " " + body;
        assertThat(theirs.status()).as(what).isEqualTo(nobodys.status()).isBetween(200, 499);
        assertThat(seen(theirs).replace(id.own(), "ID"))
                .as(what)
                .isEqualTo(seen(nobodys).replace(id.nobodys(), "ID"))
                .doesNotContain(victim.word());
    }

    private Reply send(Client client, Endpoint endpoint, String path, String body) {
        tried++;
        HttpRequest.Builder request = client.to(path.replace(" ", "%20"));
        return endpoint.method().equals("GET")
                ? client.send(request.GET())
                : client.send(
                        request.header("Content-Type", "application/json")
                                .header("If-Match", "*")
                                .method(endpoint.method(), BodyPublishers.ofString(body)));
    }

    /** All that a client sees, but for what tells requests apart. */
    private static String seen(Reply reply) {
        Map<String, List<String>> headers = new LinkedHashMap<>(reply.http().headers().map());
        headers.keySet()
                .removeIf(name ->
                        name.equals("content-length")
                                || name.equals("x-consort-decision")
                                || name.equals("x-consort-overhead-ms")
                                || name.equals("date"));
        return headers + "\n" + reply.body();
    }

    /** What the victim's own administrator sees. */
    private static String state(Guest victim) {
        while (victim.admin().get("/admin/v1/router").body().contains("\"running\"")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        StringBuilder state = new StringBuilder();
        for (String path :
                List.of(
                        "keys",
                        "audit",
                        "usage",
                        "decisions",
                        "catalog",
                        "catalog/revisions",
                        "experts",
                        "categories",
                        "maps",
                        "policies",
                        "router")) {
            state.append(victim.admin().get("/admin/v1/" + path).body()).append('\n');
        }
        return state.append(victim.admin().get("/v1/models").body()).toString();
    }

    /** Methods are told by the answer to one that is not allowed. */
    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String path : routes.paths()) {
            String plain = PARAMETER.matcher(path).replaceAll("x");
            Reply reply =
                    client().send(client().to(plain).method("OPTIONS", BodyPublishers.noBody()));
            assertThat(reply.status()).as(path).isEqualTo(405);
            Arrays.stream(reply.header("allow").split(", ", -1))
                    .forEach(method -> endpoints.add(new Endpoint(method, path)));
        }
        return endpoints;
    }

    private static List<Id> ids(Guest guest) {
        Reply answer = guest.chat().post(CHAT, Client.chat("auto", "x", ""));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        String decision = answer.header("x-consort-decision");
        while (guest.admin().get("/admin/v1/decisions/" + decision).status() != 200) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        String word = guest.word();
        String number = decision.substring("dec_".length());
        return List.of(
                new Id(word, "n".repeat(word.length())),
                new Id(word + "-expert", "nobody-expert"),
                new Id(word + "-topic", "nobody-topic"),
                new Id(word + "-policy", "nobody-policy"),
                new Id("consort/" + word + "-policy", "consort/nobody-policy"),
                new Id(guest.chatKey(), "key_999999999"),
                new Id(decision, "dec_1" + number),
                new Id("chatcmpl-c" + number, "chatcmpl-c1" + number));
    }
}
