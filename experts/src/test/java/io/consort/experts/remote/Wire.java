package io.consort.experts.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A script's end of a connection. */
public final class Wire {

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final AtomicLong writes;

    Wire(Socket socket, InputStream in, AtomicLong writes) throws IOException {
        this.socket = socket;
        this.in = in;
        this.writes = writes;
        out = socket.getOutputStream();
    }

    /** Sends bytes as they are. */
    public Wire raw(String text) throws IOException {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes as they are. */
    public Wire raw(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        writes.incrementAndGet();
        return this;
    }

    /** Sends a whole response. */
    public Wire respond(String status, String headers, String body) throws IOException {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return raw(
                "HTTP/1.1 %s\r\n%scontent-length: %d\r\n\r\n%s"
                        .formatted(status, headers, length, body));
    }

    /** Sends a whole response of status 200 in JSON. */
    public Wire json(String body) throws IOException {
        return respond("200 OK", "content-type: application/json\r\n", body);
    }

    /** Begins an event stream in chunks. */
    public Wire beginStream() throws IOException {
        return raw(
                OK
                        + "content-type: text/event-stream; charset=utf-8\r\n"
                        + "transfer-encoding: chunked\r\n\r\n");
    }

    /** Sends a chunk. */
    public Wire chunk(byte[] bytes) throws IOException {
        byte[] head = (Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + bytes.length + 2];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        all[all.length - 2] = '\r';
        all[all.length - 1] = '\n';
        return raw(all);
    }

    /** Sends a chunk. */
    public Wire chunk(String text) throws IOException {
        return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends an event in a chunk of its own. */
    public Wire event(String data) throws IOException {
        return chunk("data: " + data + "\n\n");
    }

    /** Ends a response that was sent in chunks. */
    public Wire endStream() throws IOException {
        return raw("0\r\n\r\n");
    }

    /** Sends a whole event stream, cut into chunks of so many bytes. */
    public void stream(byte[] events, int cut) throws IOException {
        beginStream();
        for (int from = 0; from < events.length; from += cut) {
            int to = Math.min(events.length, from + cut);
            chunk(Arrays.copyOfRange(events, from, to));
        }
        endStream();
    }

    /** Says nothing more until the client hangs up. */
    public void hang() throws IOException {
        while (in.read() >= 0) {
            // What the client still says is not heard.
        }
        socket.close();
    }

    /** Hangs up in the middle, in good order. */
    public void hangUp() throws IOException {
        socket.close();
    }

    /** Tears the connection down. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
