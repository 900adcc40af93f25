package io.consort.service.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Looks into the head of an HTTP/1.1 message.
 *
 * <p>Names are given in lower case and are found in any case. A position is an index into the
 * bytes.
 */
final class Head {

    static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    static final byte[] TRANSFER_ENCODING =
            "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    static final byte[] OVERHEAD = "x-consort-overhead-ms:".getBytes(StandardCharsets.US_ASCII);

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private Head() {}

    /** The position behind the empty line that ends the head, or -1 where it has not come yet. */
    static int end(byte[] bytes, int length) {
        for (int at = 3; at < length; at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                return at + 1;
            }
        }
        return -1;
    }

    /** The three digits of a response's first line. */
    static int status(byte[] head) {
        return (head[STATUS_AT] - '0') * 100
                + (head[STATUS_AT + 1] - '0') * 10
                + (head[STATUS_AT + 2] - '0');
    }

    /** Where the value of a header begins, or -1 where the head has no such header. */
    static int value(byte[] head, int length, byte[] name) {
        int at = nextLine(head, 0, length);
        while (at < length) {
            if (startsWith(head, at, length, name)) {
                int value = at + name.length;
                while (value < length && head[value] == ' ') {
                    value++;
                }
                return value;
            }
            at = nextLine(head, at, length);
        }
        return -1;
    }

    /** A number without sign that begins at the position; it may have decimal places. */
    static double number(byte[] head, int length, int from) {
        double value = 0;
        double scale = 0;
        for (int at = from; at < length; at++) {
            int digit = head[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                scale *= 10;
            } else if (head[at] == '.' && scale == 0) {
                scale = 1;
            } else {
                break;
            }
        }
        return scale == 0 ? value : value / scale;
    }

    private static int nextLine(byte[] head, int from, int length) {
        int at = from;
        while (at < length && head[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    private static boolean startsWith(byte[] head, int from, int length, byte[] name) {
        if (from + name.length > length) {
            return false;
        }
        for (int index = 0; index < name.length; index++) {
            int letter = head[from + index];
            if (letter >= 'A' && letter <= 'Z') {
                letter += 'a' - 'A';
            }
            if (letter != name[index]) {
                return false;
            }
        }
        return true;
    }
}
