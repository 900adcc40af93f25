package io.consort.service.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One request over and over; where its body holds {@link #NUMBER}, every one carries another number
 * there. Not thread-safe.
 */
public final class Requests {

    /** Stands in a body where a number that counts the requests is wanted. */
    public static final String NUMBER = "########";

    private final ByteBuffer message;
    private final int numberAt;
    private long number;

    /**
     * Chat requests.
     *
     * @param port of the server on the loopback interface
     * @param key sent as bearer token
     * @param body JSON in ASCII
     * @param firstNumber what the first request carries
     */
    public static Requests chat(int port, String key, String body, long firstNumber) {
        return new Requests(
                """
                POST /v1/chat/completions HTTP/1.1\r
                host: 127.0.0.1:%d\r
                authorization: Bearer %s\r
                content-type: application/json\r
                content-length: %d\r
                \r
                %s\
                """
                        .formatted(port, key, body.length(), body),
                firstNumber);
    }

    private Requests(String text, long firstNumber) {
        number = firstNumber;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        message = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        numberAt = text.indexOf(NUMBER);
    }

    /** The next request, from the buffer's start; valid until the next call. */
    ByteBuffer next() {
        if (numberAt >= 0) {
            long rest = number++;
            for (int at = numberAt + NUMBER.length() - 1; at >= numberAt; at--) {
                message.put(at, (byte) ('0' + rest % 10));
                rest /= 10;
            }
        }
        return message;
    }
}
