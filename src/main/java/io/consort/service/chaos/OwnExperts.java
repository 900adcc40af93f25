package io.consort.service.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Experts in this process: one always says the same, one takes its time for it, one fails. */
final class OwnExperts implements AutoCloseable {

    private static final String ANSWER =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final String PIECE =
            "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Yes.\"}}]}\n\n";
    private static final String LAST =
            "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final int SLOW_PIECES = 20;
    private static final long SLOW_PAUSE_MILLIS = 5;

    private final HttpServer server;

    private OwnExperts(HttpServer server) {
        this.server = server;
    }

    static OwnExperts start() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/echo/", exchange -> answer(exchange, 200, 1));
        server.createContext("/slow/", exchange -> answer(exchange, 200, SLOW_PIECES));
        server.createContext("/broken/", exchange -> answer(exchange, 500, 1));
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
        return new OwnExperts(server);
    }

    /** A catalog with all of them; {@code echo} answers by default. */
    String catalog() {
        StringBuilder text = new StringBuilder("version: 1\nexperts:\n");
        for (String expert : new String[] {"echo", "slow", "broken"}) {
            text.append(
                    """
                      - id: %s
                        openai: { base-url: "http://127.0.0.1:%d/%s/v1", model: m }
                        guard: { concurrency: 1024 }
                    """
                            .formatted(expert, server.getAddress().getPort(), expert));
        }
        return text + "policies:\n  - id: default\n    pinned: { expert: echo }\n";
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, int pieces) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            boolean stream = status == 200 && body.contains("\"stream\":true");
            exchange.getResponseHeaders()
                    .set("content-type", stream ? "text/event-stream" : "application/json");
            byte[] whole = ANSWER.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, stream ? 0 : whole.length);
            if (stream) {
                stream(exchange.getResponseBody(), pieces);
            } else {
                exchange.getResponseBody().write(whole);
            }
        }
    }

    private static void stream(OutputStream out, int pieces) throws IOException {
        for (int piece = 0; piece < pieces; piece++) {
            if (piece > 0) {
                pause();
            }
            out.write(PIECE.getBytes(UTF_8));
            out.flush();
        }
        out.write(LAST.getBytes(UTF_8));
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW_PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
