package io.consort.service.chaos.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {

    private static final int MOMENT_MILLIS = 100;

    private final ServerSocket echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Relay relay;

    RelayTest() throws IOException {
        Thread.ofVirtual().start(this::serve);
        relay =
                Relay.open(
                        InetAddress.getLoopbackAddress(),
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), echo.getLocalPort()));
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        echo.close();
    }

    @Test
    void whatIsSentComesBack() throws IOException {
        try (Socket client = connect("127.0.0.1")) {
            assertThat(ask(client, 1)).isEqualTo(1);
            assertThat(ask(client, 2)).isEqualTo(2);
        }
    }

    @Test
    void whatIsHeldGoesOnAfterwards() throws IOException {
        try (Socket before = connect("127.0.0.1")) {
            assertThat(ask(before, 1)).isEqualTo(1);
            relay.hold();
            try (Socket during = connect("127.0.0.1")) {
                assertSilent(before);
                assertSilent(during);
                relay.pass();
                assertThat(before.getInputStream().read()).isEqualTo(9);
                assertThat(during.getInputStream().read()).isEqualTo(9);
            }
        }
    }

    @Test
    void onlyWhoIsMeantIsHeld() throws IOException {
        try (Socket meant = connect("127.0.0.12");
                Socket other = connect("127.0.0.13")) {
            relay.hold(InetAddress.getByName("127.0.0.12"));
            assertSilent(meant);
            assertThat(ask(other, 3)).isEqualTo(3);
            relay.pass();
            assertThat(meant.getInputStream().read()).isEqualTo(9);
        }
    }

    @Test
    void anEndThatLeavesIsHeardOfByTheOther() throws IOException {
        try (Socket client = connect("127.0.0.1")) {
            client.shutdownOutput();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()));
        return socket;
    }

    private static int ask(Socket socket, int what) throws IOException {
        socket.getOutputStream().write(what);
        return socket.getInputStream().read();
    }

    /** Sends a 9, and nothing comes. */
    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(MOMENT_MILLIS);
        assertThatThrownBy(() -> ask(socket, 9)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(0);
    }

    private void serve() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.ofVirtual().start(() -> repeat(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void repeat(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException ended) {
            // The test is over.
        }
    }
}
