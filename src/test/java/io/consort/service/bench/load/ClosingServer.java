package io.consort.service.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Reads a little of what its first client says and then hangs up. */
final class ClosingServer implements AutoCloseable {

    private final ServerSocket server;

    ClosingServer() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        try (Socket client = server.accept()) {
            client.getInputStream().read();
        } catch (IOException ended) {
            // the test is over
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
