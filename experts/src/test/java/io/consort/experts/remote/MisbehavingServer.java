package io.consort.experts.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback interface that answers each request by playing a script on the bare
 * socket, so that it can do what no HTTP library would let it do.
 */
public final class MisbehavingServer implements AutoCloseable {

    /** What the server does with one request. */
    public interface Script {
        void play(Received request, Wire wire) throws IOException;
    }

    /**
     * A request as it came.
     *
     * @param number from 0
     * @param headers with names in lower case
     */
    public record Received(int number, String line, Map<String, String> headers, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServerSocket listener;
    private final Script script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong writes = new AtomicLong();
    private int playing;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private MisbehavingServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static MisbehavingServer playing(Script script) {
        return new MisbehavingServer(script);
    }

    /** An address at which nobody listens. */
    public static URI nobody() {
        try (MisbehavingServer gone = playing((_, _) -> {})) {
            return gone.baseUrl();
        }
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
    }

    /** The requests so far. */
    public List<Received> received() {
        return received;
    }

    /** Scripts that are being played. */
    public synchronized int playing() {
        return playing;
    }

    /** Waits until so many scripts are being played. */
    public synchronized void awaitPlaying(int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (playing != count) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("%d scripts are played, not %d".formatted(playing, count));
            }
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    private synchronized void changePlaying(int change) {
        playing += change;
        notifyAll();
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections.get();
    }

    /** Writes of all scripts so far. */
    public long writes() {
        return writes.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Received request = read(in); request != null; request = read(in)) {
                received.add(request);
                changePlaying(1);
                try {
                    script.play(request, new Wire(socket, in, writes));
                } finally {
                    changePlaying(-1);
                }
            }
        } catch (IOException gone) {
            // The client, or the test, has hung up.
        } finally {
            sockets.remove(socket);
        }
    }

    private @Nullable Received read(InputStream in) throws IOException {
        String line = line(in);
        if (line.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
        byte[] body = body(in, headers);
        return new Received(numbers.getAndIncrement(), line, headers, body);
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.writeBytes(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static int chunk(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int value = in.read(); value >= 0 && value != '\n'; value = in.read()) {
            if (value != '\r') {
                line.append((char) value);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
