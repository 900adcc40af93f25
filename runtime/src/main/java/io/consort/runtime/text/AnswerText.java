package io.consort.runtime.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Puts an answer's text together from its tokens. Bytes that split a code point are held back until
 * it is whole, and text that may be the beginning of a stop text until it is decided. Confined to
 * one thread.
 */
public final class AnswerText {

    private final Tokenizer tokenizer;
    private final List<String> stops;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder held = new StringBuilder();
    private ByteBuffer partial = ByteBuffer.allocate(64);
    private boolean atStart = true;
    private boolean stopped;

    /**
     * @param stops texts that end the answer and are no part of it; none of them empty
     */
    public AnswerText(Tokenizer tokenizer, List<String> stops) {
        this.tokenizer = tokenizer;
        this.stops = List.copyOf(stops);
    }

    /** Whether a stop text came; nothing follows then. */
    public boolean stopped() {
        return stopped;
    }

    /** Adds a token and returns the text that has become certain, which may be empty. */
    public String append(int token) {
        if (stopped) {
            return "";
        }
        byte[] bytes = tokenizer.bytes(token);
        if (bytes.length == 0) {
            return "";
        }
        int skip = atStart && tokenizer.stripsLeadingSpace() && bytes[0] == ' ' ? 1 : 0;
        atStart = false;
        decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip), false);
        return release();
    }

    /** Ends the answer and returns the text held back until now. */
    public String finish() {
        if (stopped) {
            return "";
        }
        decode(ByteBuffer.allocate(0), true);
        int stop = firstStop();
        String rest = stop < 0 ? held.toString() : held.substring(0, stop);
        held.setLength(0);
        stopped = true;
        return rest;
    }

    private void decode(ByteBuffer bytes, boolean last) {
        if (partial.remaining() < bytes.remaining()) {
            ByteBuffer larger = ByteBuffer.allocate(partial.position() + bytes.remaining() + 64);
            partial = larger.put(partial.flip());
        }
        partial.put(bytes).flip();
        CharBuffer characters = CharBuffer.allocate(partial.remaining() + 1);
        decoder.decode(partial, characters, last);
        partial.compact();
        if (last) {
            decoder.flush(characters);
        }
        held.append(characters.flip());
    }

    private String release() {
        int stop = firstStop();
        if (stop >= 0) {
            stopped = true;
            return take(stop);
        }
        return take(held.length() - undecided());
    }

    private String take(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int firstStop() {
        int first = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    /** The length of the longest end of the held text that begins a stop text. */
    private int undecided() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length());
                    length > longest;
                    length--) {
                if (stop.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
