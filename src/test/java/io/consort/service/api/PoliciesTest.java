package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PoliciesTest extends OnStage {

    private static final String WEATHER = "Will it rain on Monday in Rome?";
    private static final String COOKING = "How long do I cook rice?";

    @Test
    void recordedOutcomesDecide() {
        JsonNode decision = route("learned", WEATHER);
        assertThat(decision.path("policy").asText()).isEqualTo("learned");
        assertThat(decision.path("policy_version").asText()).hasSize(12);
        assertThat(decision.path("reasons").path(0).asText())
                .contains("most similar recorded queries", "sure 0.", "calls 0.");
        assertThat(decision.path("ranked")).hasSize(3).last().matches(is("plain"));
    }

    @Test
    void chanceExploresAndSaysHowProbablyItDid() {
        Set<String> chosen = new HashSet<>();
        for (int i = 0; i < 300 && chosen.size() < 2; i++) {
            JsonNode decision = route("learned", WEATHER);
            String expert = decision.path("expert").asText();
            chosen.add(expert);
            assertThat(decision.path("propensity").asDouble())
                    .isEqualTo(expert.equals("sure") ? 0.9 : 0.1);
        }
        assertThat(chosen).containsExactlyInAnyOrder("sure", "calls");
    }

    @Test
    void moneyCountsWhereThePolicySaysSo() {
        JsonNode decision = route("thrifty", COOKING);
        assertThat(decision.path("expert").asText()).isEqualTo("sure");
        assertThat(decision.path("reasons").path(1).asText())
                .contains("USD per thousand requests counts as 1000.00");
    }

    @Test
    void descriptionsThatAnExpertWroteDecide() {
        JsonNode decision = route("described", WEATHER);
        assertThat(decision.path("ranked").isEmpty()).isFalse();
        assertThat(decision.path("reasons").path(0).asText()).contains("cosine", "plain ");
    }

    @Test
    void aCascadeSaysWhenItGoesOn() {
        JsonNode decision = route("doubtful", "x");
        assertThat(decision.path("ranked")).hasSize(2);
        assertThat(decision.path("reasons").path(1).asText())
                .contains("at least 0.80; otherwise the query goes on to plain");
    }

    @Test
    void aLearnedPolicyAnswersChats() {
        Client.Reply reply =
                client().post("/v1/chat/completions", Client.chat("consort/thrifty", WEATHER, ""));
        assertThat(reply.header("x-consort-expert")).isEqualTo("sure");
        assertThat(reply.header("x-consort-policy")).isEqualTo("thrifty");
        assertThat(reply.header("x-consort-category")).isEqualTo("none");
    }

    private static Predicate<JsonNode> is(String text) {
        return node -> node.asText().equals(text);
    }

    private JsonNode route(String policy, String question) {
        return client().post("/v1/route", Client.chat("consort/" + policy, question, "")).json();
    }
}
