package io.consort.service.chaos;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service in a process of its own, with an expert that always says the same. */
final class FuzzService implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 300;
    private static final String ANSWER =
            "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}";
    private static final String EVENTS =
            "data: {\"id\":\"x\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Yes.\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final Path folder;
    private final HttpServer expert;
    private final Process process;
    private final int port;

    private FuzzService(Path folder, HttpServer expert, Process process, int port) {
        this.folder = folder;
        this.expert = expert;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it by the script {@code consort} of this folder; blocks until it answers.
     *
     * @throws IOException with the service's log when it does not start
     */
    static FuzzService start(Path home) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("consort-fuzz");
        HttpServer expert = expert();
        int port = freePort();
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, catalog(expert.getAddress().getPort()));
        Process process =
                new ProcessBuilder(
                                List.of(
                                        home.resolve("consort").toString(),
                                        "serve",
                                        "--port",
                                        Integer.toString(port),
                                        "--data",
                                        folder.resolve("data").toString(),
                                        "--catalog",
                                        catalog.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        FuzzService service = new FuzzService(folder, expert, process, port);
        service.awaitReady();
        return service;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The key that it made at its start. */
    String key() throws IOException {
        return Files.readString(folder.resolve("data/first-key")).strip();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        expert.stop(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (process.waitFor(200, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                String log = Files.readString(folder.resolve("log"));
                close();
                throw new IOException("The service does not start:\n" + log);
            }
        }
    }

    private boolean isReady() {
        try {
            var ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port)).toURL();
            return ready.openConnection() instanceof HttpURLConnection connection
                    && connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpServer expert() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        String body =
                                new String(
                                        exchange.getRequestBody().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        boolean stream = body.contains("\"stream\":true");
                        byte[] answer = (stream ? EVENTS : ANSWER).getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders()
                                .set(
                                        "content-type",
                                        stream ? "text/event-stream" : "application/json");
                        exchange.sendResponseHeaders(200, answer.length);
                        exchange.getResponseBody().write(answer);
                    }
                });
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.start();
        return server;
    }

    private static String catalog(int port) {
        return """
        version: 1
        experts:
          - id: echo
            openai: { base-url: "http://127.0.0.1:%d/v1", model: m }
            guard: { concurrency: 1024 }
        policies:
          - id: default
            pinned: { expert: echo }
        """
                .formatted(port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
