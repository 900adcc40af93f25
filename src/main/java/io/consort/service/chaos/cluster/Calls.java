package io.consort.service.chaos.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls of nodes themselves, past any proxy. Thread-safe. */
final class Calls {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofSeconds(5);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * What a node says of itself.
     *
     * @param nodes that it sees, itself included
     * @param cutOff whether it keeps to an equal part of limits
     * @param current whether it sees the database
     * @param revision of the catalog that it serves
     */
    record Health(int nodes, boolean cutOff, boolean current, long revision) {}

    HttpClient http() {
        return http;
    }

    boolean isReady(URI node) throws InterruptedException {
        try {
            return get(node, "/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether a node lets a key in. */
    boolean knows(URI node, String key) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(node.resolve("/v1/models"))
                        .timeout(GLANCE)
                        .header("authorization", "Bearer " + key)
                        .build();
        return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    }

    /** What a node says of itself. */
    Health health(URI node) throws IOException, InterruptedException {
        JsonNode checks = mapper.readTree(get(node, "/q/health/ready").body()).path("checks");
        JsonNode cluster = data(checks, "cluster");
        JsonNode catalog = data(checks, "catalog");
        return new Health(
                cluster.path("nodes").asInt(),
                cluster.path("cut_off").asBoolean(),
                catalog.path("serves").asText().equals("current"),
                catalog.path("revision").asLong());
    }

    /**
     * Administers a node.
     *
     * @return the JSON that it answers
     * @throws IOException with its own words when it refuses
     */
    JsonNode administer(URI node, String key, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(node.resolve(path))
                                .timeout(PATIENCE)
                                .header("authorization", "Bearer " + key)
                                .header("content-type", "application/json")
                                .header("if-match", "*")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException("%s %s: %s".formatted(method, path, response.body()));
        }
        return mapper.readTree(response.body());
    }

    /** A chat request for one answer, whole or streamed. */
    static HttpRequest chat(URI address, String key, String model, boolean stream) {
        return HttpRequest.newBuilder(address.resolve("/v1/chat/completions"))
                .timeout(PATIENCE)
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .POST(
                        BodyPublishers.ofString(
                                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}"
                                        .formatted(model, stream ? ",\"stream\":true" : "")))
                .build();
    }

    private HttpResponse<String> get(URI node, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(node.resolve(path)).timeout(GLANCE).GET().build(),
                BodyHandlers.ofString());
    }

    private static JsonNode data(JsonNode checks, String name) {
        for (JsonNode check : checks) {
            if (check.path("name").asText().equals(name)) {
                return check.path("data");
            }
        }
        return checks.path(-1);
    }
}
