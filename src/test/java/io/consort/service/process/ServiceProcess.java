package io.consort.service.process;

import io.consort.service.stage.Client;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, with experts that an upstream plays. */
final class ServiceProcess implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Path folder;
    private final int port;
    private final Process process;

    private ServiceProcess(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** Starts it on the data folder {@code folder/data} and returns when it answers. */
    static ServiceProcess start(Path folder, int upstream)
            throws IOException, InterruptedException {
        return start(folder, upstream, List.of());
    }

    /** The same with further options of the Java machine. */
    static ServiceProcess start(Path folder, int upstream, List<String> options)
            throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("consort.root"));
        Path catalog = folder.resolve("catalog.yaml");
        Files.writeString(catalog, catalog(upstream));
        int port = freePort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-modules",
                                "jdk.incubator.vector",
                                "-Xmx512m"));
        command.addAll(options);
        command.addAll(
                List.of(
                        "-jar",
                        home.resolve("src/target/quarkus-app/quarkus-run.jar").toString(),
                        "serve",
                        "--port",
                        Integer.toString(port),
                        "--data",
                        folder.resolve("data").toString(),
                        "--catalog",
                        catalog.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                        .start();
        ServiceProcess service = new ServiceProcess(folder, port, process);
        service.awaitReady();
        return service;
    }

    /** Where it listens. */
    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A client with its first key. */
    Client client() {
        return Client.of(address(), key());
    }

    /** Its first key. */
    String key() {
        try {
            return Files.readString(folder.resolve("data/first-key")).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends it as {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end, as {@code kill} does, and does not wait. */
    void terminate() {
        process.destroy();
    }

    /** Waits until it has ended by itself. */
    boolean hasEndedWithin(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitReady() throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!isReady()) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                kill();
                throw new IllegalStateException(
                        "the service does not start:\n" + Files.readString(folder.resolve("log")));
            }
        }
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            address().resolve("/q/health/ready").toURL().openConnection();
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }

    private static String catalog(int upstream) {
        return """
        version: 1
        experts:
          - id: plain
            openai: { base-url: "http://127.0.0.1:%1$d/v1", model: plain }
            price: { input: 1.0, output: 2.0 }
          - id: slow
            openai: { base-url: "http://127.0.0.1:%1$d/v1", model: slow }
        policies:
          - id: default
            pinned: { expert: plain }
        """
                .formatted(upstream);
    }
}
