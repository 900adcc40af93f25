package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Speaks with a service that runs. Safe for use by several threads. */
final class ServiceClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration GREETING = Duration.ofSeconds(2);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofMillis(500))
                    .build();
    private final URI service;
    private final String key;

    ServiceClient(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    /** A word as one segment of a path. */
    static String segment(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Whether a service is there that lets the key read this path. */
    boolean answers(String path) {
        try {
            return send(to(path).timeout(GREETING).GET()).statusCode() == 200;
        } catch (AskException nobody) {
            return false;
        }
    }

    /** A request to a path, with the key. */
    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(service.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    /**
     * Sends JSON, or nothing, and waits for the answer.
     *
     * @return what is answered
     * @throws AskException with the service's own words when it refuses
     */
    JsonNode send(String method, String path, Optional<String> body) throws AskException {
        return json(
                send(
                        to(path).header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.map(BodyPublishers::ofString)
                                                .orElse(BodyPublishers.noBody()))));
    }

    /** Sends a request and waits for the answer, whatever its status. */
    HttpResponse<String> send(HttpRequest.Builder request) throws AskException {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new AskException("The service at %s broke off: %s".formatted(service, broken));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AskException("Interrupted");
        }
    }

    /**
     * The JSON of an answer that is no error.
     *
     * @throws AskException with the service's own words when it is one
     */
    JsonNode json(HttpResponse<String> response) throws AskException {
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
}
