package io.consort.service.security;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A service whose experts' servers repeat every secret that they are shown, in every way they can. */
public final class SecretStage implements QuarkusTestResourceLifecycleManager {

    static final String PROVIDER_KEY = "sk-provider-7Hq2vX9";
    static final String HEADER_TOKEN = "tok-header-Zr41Lm8";
    static final String DATABASE_PASSWORD = "pw-database-Kd93Ws";

    /** How the servers behave, each an expert. */
    static final List<String> EXPERTS = List.of("rejects", "fails", "denies", "streams", "garbles");

    private static volatile @Nullable Path folder;

    private @Nullable HttpServer server;

    /** Where the service keeps everything. */
    static Path folder() {
        return Optional.ofNullable(folder).orElseThrow();
    }

    /** The log that the service writes. */
    static Path log() {
        return folder().resolve("service.log");
    }

    /** Its lines for requests. */
    static Path requestLog() {
        return folder().resolve("requests.log");
    }

    @Override
    public Map<String, String> start() {
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/", SecretStage::repeat);
            started.start();
            server = started;
            Path made = Files.createTempDirectory("consort-secrets");
            folder = made;
            Path catalog = Files.writeString(made.resolve("catalog.yaml"), catalog(started));
            return Map.of(
                    "consort.data",
                    made.resolve("data").toString(),
                    "consort.catalog",
                    catalog.toString(),
                    "consort.database.user",
                    "consort",
                    "consort.database.password",
                    DATABASE_PASSWORD,
                    "consort.request-log.file",
                    requestLog().toString(),
                    "quarkus.log.level",
                    "INFO",
                    "quarkus.log.file.enable",
                    "true",
                    "quarkus.log.file.path",
                    log().toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void repeat(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String shown =
                    exchange.getRequestHeaders().getFirst("authorization")
                            + " "
                            + exchange.getRequestHeaders().getFirst("x-token");
            String error =
                    "{\"error\":{\"message\":\"not with %s\",\"code\":\"%s\"}}"
                            .formatted(shown, shown);
            if (body.contains("\"streams\"")) {
                answer(exchange, 200, "text/event-stream", "event: error\ndata: " + error + "\n\n");
            } else if (body.contains("\"garbles\"")) {
                answer(exchange, 200, "text/" + shown.replace(' ', '-'), shown);
            } else {
                int status =
                        body.contains("\"rejects\"")
                                ? 400
                                : body.contains("\"denies\"") ? 401 : 500;
                answer(exchange, status, "application/json", error);
            }
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String catalog(HttpServer server) {
        StringBuilder catalog = new StringBuilder("version: 1\nexperts:\n");
        for (String expert : EXPERTS) {
            catalog.append(
                    """
                      - id: %s
                        openai: { base-url: "http://127.0.0.1:%d/v1", api-key: %s, model: %s, headers: { x-token: %s } }
                        guard: { retries: 0, breaker: { failures: 1.0, window: 10000, delay: 1s } }
                    """
                            .formatted(
                                    expert,
                                    server.getAddress().getPort(),
                                    PROVIDER_KEY,
                                    expert,
                                    HEADER_TOKEN));
        }
        return catalog + "policies:\n  - { id: default, pinned: { expert: rejects } }\n";
    }
}
