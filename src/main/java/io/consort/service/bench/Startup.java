package io.consort.service.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until a server that was just started can be used. */
final class Startup {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LINES_SHOWN = 15;

    private Startup() {}

    /**
     * Returns when the server is ready.
     *
     * @throws BenchException with the end of the server's log when it ends before, or takes too
     *     long
     */
    static void await(String name, Process process, Path log, BooleanSupplier ready) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!ready.getAsBoolean()) {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new BenchException("%s ended at once:%n%s".formatted(name, tail(log)));
                }
                if (System.nanoTime() > deadline) {
                    throw new BenchException("%s did not start:%n%s".formatted(name, tail(log)));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while %s started".formatted(name), interrupted);
        }
    }

    /** The status that a server of the loopback interface answers with, or 0 where it does not. */
    static int status(int port, String path, String key) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection)
                            URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            connection.setRequestProperty("authorization", "Bearer " + key);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status;
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException unreadable) {
            return "(it wrote no log)";
        }
    }
}
