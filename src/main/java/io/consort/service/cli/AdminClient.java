package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.service.store.Examples.Example;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Administers a service that runs. */
final class AdminClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GREETING = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int BATCH = 1_000;

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofMillis(500))
                    .build();
    private final URI service;
    private final String key;

    AdminClient(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    /** Whether a service is there that lets the key administer it. */
    boolean answers() {
        try {
            return send(to("/admin/v1/router").timeout(GREETING).GET()).statusCode() == 200;
        } catch (AskException nobody) {
            return false;
        }
    }

    /**
     * Adds examples and trains; blocks until the new version is live.
     *
     * @param unlabelled prompts without labels that may teach as well
     * @return JSON with the new {@code version} and its {@code report}
     */
    String train(List<Example> examples, List<String> unlabelled, PrintStream progress)
            throws AskException {
        Map<String, ArrayNode> byCategory = new LinkedHashMap<>();
        for (Example example : examples) {
            ArrayNode batch =
                    byCategory.computeIfAbsent(example.category(), _ -> mapper.createArrayNode());
            batch.add(example.query());
            if (batch.size() == BATCH) {
                add(example.category(), batch);
                batch.removeAll();
            }
        }
        for (Map.Entry<String, ArrayNode> entry : byCategory.entrySet()) {
            if (!entry.getValue().isEmpty()) {
                add(entry.getKey(), entry.getValue());
            }
        }
        ObjectNode training = mapper.createObjectNode();
        unlabelled.forEach(training.putArray("unlabelled")::add);
        post("/admin/v1/router/train", training);
        return awaitVersion(progress);
    }

    private void add(String category, ArrayNode queries) throws AskException {
        ObjectNode body = mapper.createObjectNode();
        body.set("examples", queries);
        post("/admin/v1/categories/%s/examples".formatted(category), body);
    }

    private String awaitVersion(PrintStream progress) throws AskException {
        String told = "";
        while (true) {
            JsonNode router = json(send(to("/admin/v1/router").timeout(PATIENCE).GET()));
            JsonNode training = router.path("training");
            String step = training.path("step").asText();
            switch (training.path("state").asText()) {
                case "idle" -> {
                    JsonNode newest = router.path("versions").path(0);
                    ObjectNode result = mapper.createObjectNode();
                    result.set("version", newest.path("version"));
                    result.set("report", newest.path("report"));
                    return result.toString();
                }
                case "failed" -> throw new AskException("The training failed: " + step);
                default -> {
                    if (!step.equals(told)) {
                        progress.println(step);
                        told = step;
                    }
                }
            }
            pause();
        }
    }

    private static void pause() throws AskException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AskException("Interrupted");
        }
    }

    private void post(String path, ObjectNode body) throws AskException {
        json(
                send(
                        to(path).timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
    }

    /**
     * Sends a request of any kind.
     *
     * @param body JSON
     * @return what is answered
     * @throws AskException with the service's own words when it refuses
     */
    JsonNode send(String method, String path, Optional<String> body) throws AskException {
        return json(
                send(
                        to(path).timeout(PATIENCE)
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.map(HttpRequest.BodyPublishers::ofString)
                                                .orElse(HttpRequest.BodyPublishers.noBody()))));
    }

    /** A word as one segment of a path. */
    static String segment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws AskException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
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
            if (response.statusCode() / 100 == 2) {
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
