package io.consort.service.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Locale;

/** One client with one connection at a time, which it keeps while it can. Not thread-safe. */
final class SoakClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final InetSocketAddress service;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();

    SoakClient(InetSocketAddress service) {
        this.service = service;
    }

    /** The status of the answer, all of which has come. */
    int ask(String key, String body) throws IOException {
        send(key, body);
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        long length = 0;
        boolean chunked = false;
        boolean closes = false;
        for (line = header(); !line.isEmpty(); line = header()) {
            if (line.startsWith("content-length:")) {
                length = Long.parseLong(line.substring(15).strip());
            }
            chunked |= line.equals("transfer-encoding: chunked");
            closes |= line.equals("connection: close");
        }
        if (chunked) {
            skipChunks();
        } else {
            in.skipNBytes(length);
        }
        if (closes) {
            close();
        }
        return status;
    }

    /** Asks, and leaves when the answer begins. */
    void askAndLeave(String key, String body) throws IOException {
        send(key, body);
        var _ = line();
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        socket = new Socket();
    }

    private void send(String key, String body) throws IOException {
        if (!socket.isConnected()) {
            socket.connect(service, PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        String request =
                """
                POST /v1/chat/completions HTTP/1.1\r
                host: 127.0.0.1\r
                authorization: Bearer %s\r
                content-type: application/json\r
                content-length: %d\r
                \r
                %s\
                """
                        .formatted(key, body.length(), body);
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    }

    private void skipChunks() throws IOException {
        int length;
        do {
            length = Integer.parseInt(line(), 16);
            in.skipNBytes(length);
            var _ = line();
        } while (length > 0);
    }

    private String header() throws IOException {
        return line().toLowerCase(Locale.ROOT);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int letter = in.read(); letter != '\n'; letter = in.read()) {
            if (letter < 0) {
                throw new EOFException("the connection was closed");
            }
            if (letter != '\r') {
                line.append((char) letter);
            }
        }
        return line.toString();
    }
}
