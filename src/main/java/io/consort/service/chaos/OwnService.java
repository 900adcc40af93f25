package io.consort.service.chaos;

import io.consort.service.FreePort;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service in a process of its own, with experts of {@link OwnExperts}. */
final class OwnService implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 300;

    private final Path folder;
    private final OwnExperts experts;
    private final Process process;
    private final int port;

    private OwnService(Path folder, OwnExperts experts, Process process, int port) {
        this.folder = folder;
        this.experts = experts;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it by the script {@code consort} of this folder; blocks until it answers.
     *
     * @throws IOException with the service's log when it does not start
     */
    static OwnService start(Path home) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("consort-chaos");
        OwnExperts experts = OwnExperts.start();
        int port = FreePort.onLoopback();
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, experts.catalog());
        ProcessBuilder script =
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
                        .redirectOutput(folder.resolve("log").toFile());
        script.environment().put("CONSORT_EXPERTS_ALLOWED_NETWORKS", "127.0.0.0/8");
        Process process = script.start();
        OwnService service = new OwnService(folder, experts, process, port);
        service.awaitReady();
        return service;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The process that serves. */
    long pid() {
        return process.pid();
    }

    /** What a catalog with its experts says. */
    String catalog() {
        return experts.catalog();
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
        experts.close();
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
}
