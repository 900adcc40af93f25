package io.consort.experts.remote;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a server-sent event stream apart into its events, wherever the network cut it. Knows the
 * three line ends, comments, data over several lines and a byte order mark; ids and retry times
 * mean nothing here. Not thread-safe.
 *
 * <p>See the HTML standard, section 9.2.6, "Interpreting an event stream".
 */
final class SseFrames {

    /**
     * One event.
     *
     * @param data its data lines, joined by line feeds
     * @param error whether the event calls itself an error, or its data came in a field of that name
     */
    record Frame(byte[] data, boolean error) {}

    private static final byte[] NOTHING = {};

    private final int longest;
    private byte[] bytes = NOTHING;
    private int lineStart;
    private int scanned;
    private int end;
    private boolean skipLineFeed;
    private boolean begun;
    private byte @Nullable [] data;
    private boolean error;

    /**
     * @param longest bytes that one line, or the data of one event, may have
     */
    SseFrames(int longest) {
        this.longest = longest;
    }

    /** Adds bytes as they came; the array is the parser's from now on. */
    void feed(byte[] more) {
        int kept = end - lineStart;
        if (kept == 0) {
            bytes = more;
            end = more.length;
        } else {
            makeRoom(kept, more.length);
            System.arraycopy(more, 0, bytes, kept, more.length);
            end = kept + more.length;
        }
        scanned -= lineStart;
        lineStart = 0;
    }

    /** Moves what is kept to the front of an array that has room behind it. */
    private void makeRoom(int kept, int room) {
        byte[] target = bytes;
        if (bytes.length < kept + room) {
            target = new byte[Math.max(2 * kept, kept + room)];
        }
        System.arraycopy(bytes, lineStart, target, 0, kept);
        bytes = target;
    }

    /**
     * The next whole event, or null until more bytes are fed.
     *
     * @throws MalformedStreamException if a line or an event is longer than allowed
     */
    @Nullable Frame next() {
        while (scanned < end) {
            byte value = bytes[scanned];
            if (skipLineFeed) {
                skipLineFeed = false;
                if (value == '\n') {
                    scanned++;
                    lineStart = scanned;
                    continue;
                }
            }
            if (value != '\n' && value != '\r') {
                scanned++;
                continue;
            }
            skipLineFeed = value == '\r';
            int from = lineStart;
            int to = scanned;
            scanned++;
            lineStart = scanned;
            Frame frame = line(from, to);
            if (frame != null) {
                return frame;
            }
        }
        checkLength(end - lineStart);
        return null;
    }

    /** The event that the stream ended in without closing it, or null. */
    @Nullable Frame last() {
        if (lineStart < end) {
            int from = lineStart;
            lineStart = end;
            scanned = end;
            line(from, end);
        }
        return dispatch();
    }

    private @Nullable Frame line(int lineFrom, int to) {
        int from = lineFrom;
        if (!begun) {
            begun = true;
            if (to - from >= 3 && bytes[from] == (byte) 0xEF && bytes[from + 1] == (byte) 0xBB) {
                from += 3;
            }
        }
        if (from == to) {
            return dispatch();
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = colon + 1 < to && bytes[colon + 1] == ' ' ? colon + 2 : Math.min(colon + 1, to);
        if (fieldIs("data", from, colon)) {
            append(value, to);
        } else if (fieldIs("error", from, colon)) {
            error = true;
            append(value, to);
        } else if (fieldIs("event", from, colon)) {
            error |= fieldIs("error", value, to);
        }
        return null;
    }

    private boolean fieldIs(String name, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void append(int from, int to) {
        byte[] soFar = data;
        if (soFar == null) {
            data = Arrays.copyOfRange(bytes, from, to);
            return;
        }
        checkLength(soFar.length + to - from);
        ByteArrayOutputStream joined = new ByteArrayOutputStream(soFar.length + to - from + 1);
        joined.writeBytes(soFar);
        joined.write('\n');
        joined.write(bytes, from, to - from);
        data = joined.toByteArray();
    }

    private @Nullable Frame dispatch() {
        byte[] whole = data;
        boolean isError = error;
        data = null;
        error = false;
        return whole == null || whole.length == 0 ? null : new Frame(whole, isError);
    }

    private void checkLength(int length) {
        if (length > longest) {
            throw new MalformedStreamException(
                    "an event is longer than %d bytes".formatted(longest));
        }
    }
}
