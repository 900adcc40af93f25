package io.consort.service.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A chat server that says the same to everybody, as fast as the machine can. It answers only while
 * its loop runs. Closing the loop closes it.
 */
public final class StubServer implements EventLoop.Ready {

    private static final int BACKLOG = 2_048;
    private static final int READ_BYTES = 64 * 1024;

    private final EventLoop loop;
    private final ServerSocketChannel channel;
    private final byte[] bytes = new byte[READ_BYTES];
    private int pieces = 8;
    private long gapNanos = 1_000_000;

    /** Listens on a free port of the loopback interface. */
    public StubServer(EventLoop loop) {
        this.loop = loop;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            loop.register(channel, SelectionKey.OP_ACCEPT, this);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where it listens. */
    public int port() {
        return channel.socket().getLocalPort();
    }

    /** From now on a stream has so many pieces, so far apart; the first comes at once. */
    public void streams(int pieces, Duration gap) {
        this.pieces = pieces;
        this.gapNanos = gap.toNanos();
    }

    int pieces() {
        return pieces;
    }

    long gapNanos() {
        return gapNanos;
    }

    @Override
    public void ready(SelectionKey key) {
        try {
            SocketChannel accepted = channel.accept();
            if (accepted != null) {
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                new StubConnection(this, loop).attach(accepted, bytes);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
