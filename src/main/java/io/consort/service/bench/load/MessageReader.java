package io.consort.service.bench.load;

import java.util.Arrays;

/**
 * Cuts a byte stream into HTTP/1.1 messages whose bodies have a content length or come in chunks; a
 * message with neither has no body.
 */
final class MessageReader {

    /** What is told about the messages. */
    interface Sink {
        /** A message's head, up to and including its empty line; valid during the call only. */
        void head(byte[] head, int length);

        /** More of the body, without framing; valid during the call only. */
        void body(byte[] bytes, int from, int to);

        /** The message is complete. */
        void end();
    }

    private enum State {
        HEAD,
        LENGTH,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER
    }

    private final Sink sink;
    private State state = State.HEAD;
    private byte[] partialHead = new byte[0];
    private long remaining;
    private boolean sizeRead;
    private int lineLength;

    MessageReader(Sink sink) {
        this.sink = sink;
    }

    void feed(byte[] bytes, int length) {
        int at = 0;
        while (at < length) {
            at =
                    switch (state) {
                        case HEAD -> head(bytes, at, length);
                        case LENGTH, CHUNK_DATA -> data(bytes, at, length);
                        case CHUNK_SIZE -> size(bytes[at], at);
                        case CHUNK_END -> chunkEnd(bytes[at], at);
                        case TRAILER -> trailer(bytes[at], at);
                    };
        }
    }

    private int head(byte[] bytes, int from, int to) {
        byte[] head = bytes;
        int length = to;
        int before = partialHead.length;
        if (from > 0 || before > 0) {
            head = Arrays.copyOf(partialHead, before + to - from);
            System.arraycopy(bytes, from, head, before, to - from);
            length = head.length;
        }
        int end = Head.end(head, length);
        if (end < 0) {
            partialHead = Arrays.copyOf(head, length);
            return to;
        }
        partialHead = new byte[0];
        begin(head, end);
        return from + end - before;
    }

    private void begin(byte[] head, int length) {
        sink.head(head, length);
        int value = Head.value(head, length, Head.CONTENT_LENGTH);
        if (value >= 0) {
            remaining = (long) Head.number(head, length, value);
            state = State.LENGTH;
            if (remaining == 0) {
                finish();
            }
        } else if (Head.value(head, length, Head.TRANSFER_ENCODING) >= 0) {
            remaining = 0;
            state = State.CHUNK_SIZE;
        } else {
            finish();
        }
    }

    private int data(byte[] bytes, int from, int to) {
        int end = (int) Math.min(to, from + remaining);
        sink.body(bytes, from, end);
        remaining -= end - from;
        if (remaining == 0) {
            if (state == State.LENGTH) {
                finish();
            } else {
                state = State.CHUNK_END;
            }
        }
        return end;
    }

    private int size(byte value, int at) {
        int digit = Character.digit(value, 16);
        if (value == '\n') {
            lineLength = 0;
            sizeRead = false;
            state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
        } else if (digit >= 0 && !sizeRead) {
            remaining = remaining * 16 + digit;
        } else {
            sizeRead = true;
        }
        return at + 1;
    }

    private int chunkEnd(byte value, int at) {
        if (value == '\n') {
            state = State.CHUNK_SIZE;
        }
        return at + 1;
    }

    private int trailer(byte value, int at) {
        if (value == '\n') {
            if (lineLength == 0) {
                finish();
            }
            lineLength = 0;
        } else if (value != '\r') {
            lineLength++;
        }
        return at + 1;
    }

    private void finish() {
        state = State.HEAD;
        sink.end();
    }
}
