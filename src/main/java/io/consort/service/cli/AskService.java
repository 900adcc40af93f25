package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a service that runs. */
final class AskService implements Answering {

    private static final Duration GREETING = Duration.ofSeconds(2);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofMillis(500))
                    .build();
    private final URI service;
    private final String key;

    AskService(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    /** Whether a service is there that knows the key. */
    boolean answers() {
        try {
            HttpRequest request = to("/v1/models").timeout(GREETING).GET().build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException nobody) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Spoken ask(String question, String model) throws AskException {
        ObjectNode body = mapper.createObjectNode().put("model", model);
        body.putArray("messages").addObject().put("role", "user").put("content", question);
        JsonNode decision = json(post("/v1/route", body));
        HttpResponse<String> answer = post("/v1/chat/completions", body);
        JsonNode completion = json(answer);
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

    private HttpResponse<String> post(String path, ObjectNode body) throws AskException {
        HttpRequest request =
                to(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AskException("The service at %s broke off: %s".formatted(service, broken));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AskException("Interrupted");
        }
    }

    private JsonNode json(HttpResponse<String> response) throws AskException {
        try {
            JsonNode json = mapper.readTree(response.body());
            if (response.statusCode() == 200) {
                return json;
            }
            throw new AskException(json.path("error").path("message").asText(response.body()));
        } catch (JsonProcessingException garbled) {
            throw new AskException(
                    "What answers at %s is no Consort service (status %d)."
                            .formatted(service, response.statusCode()));
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .header("Authorization", "Bearer " + key);
    }
}
