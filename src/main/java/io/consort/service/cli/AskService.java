package io.consort.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a service that runs. */
final class AskService implements Answering {

    private final ObjectMapper mapper = new ObjectMapper();
    private final ServiceClient service;

    AskService(ServiceClient service) {
        this.service = service;
    }

    /** Whether a service is there that knows the key. */
    boolean answers() {
        return service.answers("/v1/models");
    }

    @Override
    public Spoken ask(String question, String model) throws AskException {
        ObjectNode body = mapper.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        Optional<String> asked = Optional.of(body.toString());
        JsonNode decision = service.send("POST", "/v1/route", asked);
        JsonNode completion = service.send("POST", "/v1/chat/completions", asked);
        List<String> reasons = new ArrayList<>();
        decision.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        return new Spoken(
                completion.path("choices").path(0).path("message").path("content").asText(),
                completion.path("model").asText(),
                decision.path("category").asText(),
                decision.path("probability").asDouble(),
                decision.path("policy").asText(),
                decision.path("routing_ms").asDouble(),
                reasons);
    }
}
