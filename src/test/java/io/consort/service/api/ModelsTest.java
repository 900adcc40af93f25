package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ModelsTest extends OnStage {

    @Test
    void expertsPoliciesAndAutoAreListed() {
        JsonNode list = client().get("/v1/models").json();
        assertThat(list.path("object").asText()).isEqualTo("list");
        List<String> ids = new ArrayList<>();
        for (JsonNode model : list.path("data")) {
            ids.add(model.path("id").asText());
            assertThat(model.path("object").asText()).isEqualTo("model");
            assertThat(model.path("created").isIntegralNumber()).isTrue();
            assertThat(model.path("owned_by").isTextual()).isTrue();
        }
        assertThat(ids).contains("auto", "consort/default", "consort/steady", "plain", "down");
    }

    @Test
    void eachOfThemCanBeLookedUp() {
        for (String id : List.of("auto", "plain", "consort/steady", "consort%2Fsteady")) {
            JsonNode model = client().get("/v1/models/" + id).json();
            assertThat(model.path("id").asText()).isEqualTo(id.replace("%2F", "/"));
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(client().get("/v1/models/consort/none").status()).isEqualTo(404);
        assertThat(client().get("/v1/models/x").error().path("code").asText())
                .isEqualTo("model_not_found");
    }
}
