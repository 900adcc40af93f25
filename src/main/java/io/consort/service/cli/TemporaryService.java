package io.consort.service.cli;

import io.consort.service.FreePort;
import io.consort.service.store.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A service in a process of its own, for as long as a command needs one. */
final class TemporaryService implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Process process;
    private final TrainingClient client;

    private TemporaryService(Process process, TrainingClient client) {
        this.process = process;
        this.client = client;
    }

    /** Starts one on a free port of the loopback address; blocks until it answers. */
    static TemporaryService start(Path catalog, DataFolder data) throws AskException, IOException {
        int port = FreePort.onLoopback();
        Path log = Files.createTempFile("consort-serve", ".log");
        Process process =
                new ProcessBuilder(
                                List.of(
                                        script().toString(),
                                        "serve",
                                        "--port",
                                        Integer.toString(port),
                                        "--data",
                                        data.path().toString(),
                                        "--catalog",
                                        catalog.toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            TrainingClient client = awaited(process, port, data, log);
            Files.deleteIfExists(log);
            return new TemporaryService(process, client);
        } catch (AskException failure) {
            process.destroy();
            throw failure;
        }
    }

    TrainingClient client() {
        return client;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static TrainingClient awaited(Process process, int port, DataFolder data, Path log)
            throws AskException, IOException {
        URI url = URI.create("http://127.0.0.1:" + port);
        long deadline = System.nanoTime() + START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> key = data.firstKey();
            if (key.isPresent()) {
                TrainingClient client = new TrainingClient(new ServiceClient(url, key.get()));
                if (client.answers()) {
                    return client;
                }
            }
            if (!process.isAlive()) {
                throw new AskException(
                        "The service cannot start:\n" + Files.readString(log).strip());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new AskException("Interrupted");
            }
        }
        throw new AskException("The service does not start; its log is " + log);
    }

    private static Path script() throws AskException {
        Path home = Path.of(System.getProperty("consort.home", "."));
        Path script = home.resolve("consort").toAbsolutePath().normalize();
        if (!Files.isExecutable(script)) {
            throw new AskException(
                    "There is no script %s that could start a service; start one with `consort serve`"
                            .formatted(script));
        }
        return script;
    }
}
