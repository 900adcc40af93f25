package io.consort.service.bench.load;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One client of the stub: its requests are answered one after the other. */
final class StubConnection implements Wire.User, MessageReader.Sink {

    private static final byte[] STREAM = "\"stream\":true".getBytes(StandardCharsets.US_ASCII);

    private final StubServer server;
    private final EventLoop loop;
    private final MessageReader reader = new MessageReader(this);
    private @Nullable Wire wire;
    private int matched;
    private boolean stream;

    StubConnection(StubServer server, EventLoop loop) {
        this.server = server;
        this.loop = loop;
    }

    void attach(SocketChannel channel, byte[] bytes) throws IOException {
        wire = new Wire(loop, channel, bytes, this);
    }

    @Override
    public void received(byte[] bytes, int length) {
        reader.feed(bytes, length);
    }

    @Override
    public void gone() {}

    @Override
    public void head(byte[] head, int length) {
        stream = false;
        matched = 0;
    }

    @Override
    public void body(byte[] bytes, int from, int to) {
        for (int at = from; at < to && !stream; at++) {
            if (bytes[at] == STREAM[matched]) {
                matched++;
                stream = matched == STREAM.length;
            } else if (bytes[at] != ' ') {
                matched = bytes[at] == STREAM[0] ? 1 : 0;
            }
        }
    }

    @Override
    public void end() {
        if (wire == null) {
            return;
        }
        if (stream) {
            wire.send(StubAnswers.STREAM_HEAD);
            sendPiece(wire, server.pieces(), System.nanoTime());
        } else {
            wire.send(StubAnswers.COMPLETION);
        }
    }

    /** Pieces keep to the beat of the first: a late one does not delay those behind it. */
    private void sendPiece(Wire client, int left, long due) {
        if (client.isClosed()) {
            return;
        }
        client.send(StubAnswers.PIECE);
        if (left == 1) {
            client.send(StubAnswers.STREAM_END);
        } else {
            long next = due + server.gapNanos();
            loop.at(next, () -> sendPiece(client, left - 1, next));
        }
    }
}
