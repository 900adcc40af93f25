package io.consort.service.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Calls the service as a careful client does. */
public final class Client {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI service;
    private final String key;

    private Client(URI service, String key) {
        this.service = service;
        this.key = key;
    }

    /** A client with the first key. */
    public static Client of(URI service) {
        return new Client(service, Stage.key());
    }

    /** A client with this key. */
    public static Client of(URI service, String key) {
        return new Client(service, key);
    }

    /** The key that it shows. */
    public String key() {
        return key;
    }

    /** The same client with another key. */
    public Client withKey(String other) {
        return new Client(service, other);
    }

    /** A chat body with one user message. */
    public static String chat(String model, String content, String more) {
        return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                .formatted(model, content, more);
    }

    /** Posts a JSON body. */
    public Reply post(String path, String body) {
        return send(
                to(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Posts a body of bytes. */
    public Reply post(String path, byte[] body) {
        return send(
                to(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Posts a JSON body and hands out the answer's lines as they come; closed by the caller. */
    public Stream<String> lines(String path, String body) {
        HttpRequest request =
                to(path).header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofLines()).body();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Gets a path. */
    public Reply get(String path) {
        return send(to(path).GET());
    }

    /** Sends anything. */
    public Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** A request to a path, with the key unless it is empty. */
    public HttpRequest.Builder to(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(60));
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    /** What the service answered. */
    public record Reply(HttpResponse<String> http) {

        /** The status. */
        public int status() {
            return http.statusCode();
        }

        /** The whole body. */
        public String body() {
            return http.body();
        }

        /** The body as JSON. */
        public JsonNode json() {
            return parse(http.body());
        }

        /** The first value of a header, or an empty string. */
        public String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        /** The error object. */
        public JsonNode error() {
            return json().path("error");
        }

        /** The data of an event stream, in order, {@code [DONE]} included. */
        public List<String> events() {
            List<String> events = new ArrayList<>();
            for (String frame : http.body().strip().split("\n\n", -1)) {
                if (!frame.startsWith("data: ")) {
                    throw new AssertionError("not an event: " + frame);
                }
                events.add(frame.substring("data: ".length()));
            }
            return events;
        }
    }

    /** A JSON text as a tree. */
    public static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("not JSON: " + json, malformed);
        }
    }
}
