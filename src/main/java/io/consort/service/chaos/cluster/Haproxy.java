package io.consort.service.chaos.cluster;

import io.consort.service.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** HAProxy in front of nodes, with the configuration that we recommend. */
final class Haproxy implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Process process;
    private final int port;
    private final AtExit end;

    private Haproxy(Process process, int port) {
        this.process = process;
        this.port = port;
        this.end = AtExit.run(process::destroyForcibly);
    }

    /**
     * Starts it; blocks until it listens.
     *
     * @param configuration a file that reads its addresses from variables
     * @param nodes three of them
     */
    static Haproxy start(Path program, Path configuration, List<URI> nodes, Path log)
            throws IOException, InterruptedException {
        int port = FreePort.onLoopback();
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("CONSORT_BIND", "127.0.0.1:" + port);
        for (int node = 0; node < nodes.size(); node++) {
            environment.put("CONSORT_NODE_" + (node + 1), nodes.get(node).getAuthority());
        }
        Haproxy proxy = new Haproxy(builder.start(), port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!proxy.listens()) {
            if (proxy.process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                proxy.close();
                throw new IOException("HAProxy does not start:\n" + Files.readString(log));
            }
        }
        return proxy;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        end.close();
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }
}
