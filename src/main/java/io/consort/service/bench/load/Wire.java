package io.consort.service.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A TCP connection on an {@link EventLoop}: bytes in as they come, bytes out in order. */
final class Wire implements EventLoop.Ready {

    /** Who uses the connection. */
    interface User {
        /** These bytes came; they are valid during the call only. */
        void received(byte[] bytes, int length);

        /** The other side is gone; nothing more comes. Not called after {@link Wire#close}. */
        void gone();
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final SocketChannel channel;
    private final User user;
    private final SelectionKey key;
    private final byte[] bytes;
    private ByteBuffer unsent = NOTHING;
    private boolean closed;

    /**
     * Takes over a connected channel.
     *
     * @param bytes where what came is copied to before the user sees it; connections of one loop
     *     may share it
     */
    Wire(EventLoop loop, SocketChannel channel, byte[] bytes, User user) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.bytes = bytes;
        this.user = user;
        this.key = loop.register(channel, SelectionKey.OP_READ, this);
    }

    /** Sends the whole buffer, from its start to its limit; its content is free afterwards. */
    void send(ByteBuffer message) {
        if (closed) {
            return;
        }
        message.rewind();
        try {
            if (!unsent.hasRemaining()) {
                channel.write(message);
            }
        } catch (IOException broken) {
            lose();
            return;
        }
        if (message.hasRemaining()) {
            ByteBuffer rest = ByteBuffer.allocate(unsent.remaining() + message.remaining());
            unsent = rest.put(unsent).put(message).flip();
            key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        }
    }

    @Override
    public void ready(SelectionKey ready) {
        try {
            if (ready.isWritable()) {
                channel.write(unsent);
                if (!unsent.hasRemaining()) {
                    unsent = NOTHING;
                    key.interestOps(SelectionKey.OP_READ);
                }
            }
            if (ready.isReadable()) {
                read();
            }
        } catch (IOException broken) {
            lose();
        }
    }

    private void read() throws IOException {
        ByteBuffer inbox = loop.inbox().clear().limit(bytes.length);
        int count = channel.read(inbox);
        if (count < 0) {
            lose();
        } else if (count > 0) {
            inbox.get(0, bytes, 0, count);
            user.received(bytes, count);
        }
    }

    private void lose() {
        if (!closed) {
            close();
            user.gone();
        }
    }

    /** Ends the connection; closing twice changes nothing. */
    void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException ignored) {
            // a connection that cannot be closed is gone already
        }
    }

    boolean isClosed() {
        return closed;
    }
}
