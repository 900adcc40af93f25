package io.consort.service.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One client of a load: asks, reads the whole answer, and asks again until its time is over. */
final class Client implements Wire.User, MessageReader.Sink {

    private static final int OK = 200;

    private final Requests requests;
    private final Figures figures;
    private final long end;
    private final MessageReader reader = new MessageReader(this);
    private @Nullable Wire wire;
    private long asked;
    private long lastBody;
    private int status;
    private boolean done;

    private Client(Requests requests, Figures figures, long end) {
        this.requests = requests;
        this.figures = figures;
        this.end = end;
    }

    static Client connect(
            EventLoop loop, int port, byte[] bytes, Requests requests, Figures figures, long end) {
        Client client = new Client(requests, figures, end);
        try {
            SocketChannel channel =
                    SocketChannel.open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            client.wire = new Wire(loop, channel, bytes, client);
        } catch (IOException failure) {
            throw new UncheckedIOException("nothing accepts connections on port " + port, failure);
        }
        return client;
    }

    void ask() {
        if (wire != null) {
            lastBody = 0;
            asked = System.nanoTime();
            wire.send(requests.next());
        }
    }

    boolean isDone() {
        return done;
    }

    void close() {
        if (!done) {
            fail("no answer came in time");
        }
        if (wire != null) {
            wire.close();
        }
    }

    @Override
    public void received(byte[] bytes, int length) {
        reader.feed(bytes, length);
    }

    @Override
    public void gone() {
        fail("the connection was closed");
    }

    @Override
    public void head(byte[] head, int length) {
        status = Head.status(head);
        int overhead = Head.value(head, length, Head.OVERHEAD);
        if (overhead >= 0) {
            figures.overhead((long) (Head.number(head, length, overhead) * 1e6));
        }
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        if (status != OK) {
            fail(
                    "status %d: %s"
                            .formatted(
                                    status,
                                    new String(bytes, from, to - from, StandardCharsets.UTF_8)));
            return;
        }
        long now = System.nanoTime();
        if (lastBody == 0) {
            figures.firstPiece(now - asked);
        } else {
            figures.gap(now - lastBody);
        }
        lastBody = now;
    }

    @Override
    public void end() {
        if (done) {
            return;
        }
        long now = System.nanoTime();
        figures.answered(now - asked);
        if (now < end) {
            ask();
        } else {
            done = true;
        }
    }

    private void fail(String what) {
        if (!done) {
            figures.failed(what);
            done = true;
        }
    }
}
