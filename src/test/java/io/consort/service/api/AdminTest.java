package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdminTest extends OnStage {

    private static final String ROUTER = "/admin/v1/router";
    private static final String COOKING = "/admin/v1/categories/cooking/examples";

    @Test
    void categoriesAreListedWithTheirExamplesAndExperts() {
        JsonNode list = client().get("/admin/v1/categories").json().path("data");
        assertThat(list).hasSize(3);
        assertThat(list.path(0).path("id").asText()).isEqualTo("weather");
        assertThat(list.path(0).path("trained_examples").asInt()).isEqualTo(6);
        assertThat(list.path(0).path("experts")).hasSize(3);
        assertThat(list.path(2).path("id").asText()).isEqualTo("none");
    }

    @Test
    void theRuntimeSaysWhatRunsInsideThisProcess() {
        JsonNode runtime = client().get("/admin/v1/runtime").json();
        assertThat(runtime.path("object").asText()).isEqualTo("consort.runtime");
        assertThat(runtime.path("cuda").asText()).matches("(?s)(on|off): .+");
        assertThat(runtime.path("models").isArray()).isTrue();
    }

    @Test
    void addedExamplesGoLiveWithTheNextTraining() {
        String question = "Which knife do I use to fillet a trout?";
        Reply added =
                client().post(
                                COOKING,
                                "{\"examples\":[\"%s\",\"%s\"]}".formatted(question, question));
        assertThat(added.status()).isEqualTo(200);
        assertThat(added.json().path("added").asInt()).isEqualTo(1);
        assertThat(
                        client().post(COOKING, "{\"examples\":[\"%s\"]}".formatted(question))
                                .json()
                                .path("added")
                                .asInt())
                .isZero();
        String before = version();
        int versions = client().get(ROUTER).json().path("versions").size();

        Reply started = client().post(ROUTER + "/train", "{\"unlabelled\":[\"Will it snow?\"]}");
        assertThat(started.status()).isEqualTo(202);
        assertThat(started.header("location")).isEqualTo(ROUTER);
        JsonNode done = awaitIdle();

        assertThat(client().get("/admin/v1/audit?limit=3").body())
                .contains("router.train", "examples.add", "\"added\":1");
        assertThat(done.path("versions")).hasSize(versions + 1);
        assertThat(done.path("live_version").asInt()).isEqualTo(versions + 1);
        JsonNode report = done.path("versions").path(0).path("report");
        assertThat(report.path("examples").asInt()).isEqualTo(13);
        assertThat(report.path("first_ranked").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.path("calibration_error").isNumber()).isTrue();
        assertThat(report.path("classifier").path("acceptance_limit").isNumber()).isTrue();
        assertThat(report.path("growth").path("sure").isInt()).isTrue();
        assertThat(version()).isNotEqualTo(before);
        assertThat(
                        client().post("/v1/route", Client.chat("auto", question, ""))
                                .json()
                                .path("category")
                                .asText())
                .isEqualTo("cooking");
    }

    @Test
    void policiesAreListedWithTierVersionAndArtefacts() {
        JsonNode policies = client().get(ROUTER).json().path("policies");
        assertThat(policies.size()).isGreaterThan(5);
        for (JsonNode policy : policies) {
            assertThat(policy.path("version").asText()).hasSize(12);
            assertThat(policy.path("tier").asText()).isIn("blind", "category", "meaning", "answer");
        }
    }

    @Test
    void mistakesAreTold() {
        assertError(
                client().post("/admin/v1/categories/cookin/examples", "{}"),
                404,
                "category_not_found");
        assertError(client().post(COOKING, "{}"), 400, "missing_required_parameter");
        assertError(client().post(COOKING, "{\"examples\":[]}"), 400, "missing_required_parameter");
        assertError(client().post(COOKING, "{\"examples\":[\" \"]}"), 400, "invalid_value");
        assertError(client().post(COOKING, "{\"examples\":[7]}"), 400, "invalid_type");
        assertError(client().post(COOKING, "{"), 400, "invalid_json");
        assertError(
                client().post(ROUTER + "/train", "{\"unlabelled\":[\"\"]}"), 400, "invalid_value");
        assertError(client().get(COOKING), 405, "method_not_allowed");
        assertError(client().get("/admin/v1/nothing"), 404, "not_found");
        assertError(client().withKey("").get(ROUTER), 401, "invalid_api_key");
        assertError(
                client().post(COOKING, "{\"examples\":[\"%s\"]}".formatted("x".repeat(11 << 20))),
                413,
                "request_too_large");
    }

    @Test
    void aUsersKeyMayAskButNotChange() {
        String key =
                client().post("/admin/v1/keys", "{\"name\":\"visitor\"}")
                        .json()
                        .path("key")
                        .asText();
        Client visitor = client().withKey(key);
        assertThat(visitor.get("/v1/models").status()).isEqualTo(200);
        assertError(visitor.get(ROUTER), 403, "insufficient_role");
        assertError(visitor.post(ROUTER + "/train", ""), 403, "insufficient_role");
        assertError(visitor.post(COOKING, "{\"examples\":[\"x\"]}"), 403, "insufficient_role");
    }

    private static void assertError(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
        assertThat(reply.error().path("message").asText()).isNotBlank();
    }

    private String version() {
        return client().post("/v1/route", Client.chat("auto", "x", ""))
                .json()
                .path("policy_version")
                .asText();
    }

    private JsonNode awaitIdle() {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            JsonNode router = client().get(ROUTER).json();
            String state = router.path("training").path("state").asText();
            if (!state.equals("running")) {
                assertThat(state).as(router.toString()).isEqualTo("idle");
                return router;
            }
        }
        throw new AssertionError("the training does not end");
    }
}
