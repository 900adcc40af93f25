package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RouteTest extends OnStage {

    @Test
    void aDecisionComesWithItsReasonsAndNobodyIsAsked() {
        String question = "Do I need an umbrella today? (only routed)";
        JsonNode decision =
                client().post("/v1/route", Client.chat("auto", question, ",\"stream\":true"))
                        .json();
        assertThat(decision.path("policy").asText()).isEqualTo("default");
        assertThat(decision.path("category").asText()).isEqualTo("weather");
        assertThat(decision.path("expert").asText()).isEqualTo("down");
        assertThat(decision.path("ranked").size()).isEqualTo(3);
        assertThat(decision.path("probability").asDouble()).isBetween(0.3, 1.0);
        assertThat(decision.path("propensity").asDouble()).isEqualTo(1.0);
        assertThat(decision.path("reasons").size()).isPositive();
        assertThat(Stage.upstream().body("plain")).doesNotContain(question);
    }

    @Test
    void aPinnedExpertNeedsNoClassifier() {
        JsonNode decision = client().post("/v1/route", Client.chat("plain", "x", "")).json();
        assertThat(decision.path("expert").asText()).isEqualTo("plain");
        assertThat(decision.path("category").asText()).isEqualTo("none");
    }

    @Test
    void bodiesAreCheckedAsForChat() {
        assertThat(client().post("/v1/route", "{}").status()).isEqualTo(400);
        assertThat(client().post("/v1/route", Client.chat("nobody", "x", "")).status())
                .isEqualTo(404);
    }
}
