package io.consort.service;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service in a process of its own, on a free port of the loopback address. */
public final class ScriptedService implements AutoCloseable {

    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Process process;
    private final int port;

    private ScriptedService(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * What is started.
     *
     * @param script the program {@code consort}
     * @param log what the service says goes there
     * @param environment variables besides those of this process
     */
    public record Plan(
            Path script, Path data, Path catalog, Path log, Map<String, String> environment) {}

    /**
     * Starts it; blocks until it is ready.
     *
     * @param patience for how long
     * @throws IOException with the service's log when it does not start
     */
    public static ScriptedService start(Plan plan, Duration patience)
            throws IOException, InterruptedException {
        int port = FreePort.onLoopback();
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        plan.script().toString(),
                                        "serve",
                                        "--port",
                                        Integer.toString(port),
                                        "--data",
                                        plan.data().toString(),
                                        "--catalog",
                                        plan.catalog().toString()))
                        .redirectErrorStream(true)
                        .redirectOutput(plan.log().toFile());
        builder.environment().putAll(plan.environment());
        ScriptedService service = new ScriptedService(builder.start(), port);
        try {
            service.awaitReady(plan.log(), patience);
            return service;
        } catch (IOException | InterruptedException failure) {
            service.close();
            throw failure;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** The base of its URLs. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The process that serves. */
    public long pid() {
        return process.pid();
    }

    /** Asks it to end and waits; kills it when it takes too long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Path log, Duration patience) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!isReady()) {
            if (process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "The service cannot start:\n" + Files.readString(log).strip());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException(
                        "The service did not start within %d s:%n%s"
                                .formatted(patience.toSeconds(), Files.readString(log).strip()));
            }
        }
    }

    private boolean isReady() {
        try {
            var ready = url().resolve("/q/health/ready").toURL();
            return ready.openConnection() instanceof HttpURLConnection connection
                    && connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
