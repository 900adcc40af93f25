package io.consort.service.api;

import io.consort.service.stage.Stage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that posts a request over a bare socket, so that a test decides what is read and when. */
final class SlowSocket implements AutoCloseable {

    private final Socket socket = new Socket();

    SlowSocket(URI service) throws IOException {
        socket.setReceiveBufferSize(16 * 1024);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(service.getHost(), service.getPort()));
    }

    /** Sends a chat request. */
    void post(String body) throws IOException {
        post(body, Stage.key());
    }

    /** Sends a chat request with this key. */
    void post(String body, String key) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(key, bytes.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads so many bytes. */
    String read(int bytes) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
