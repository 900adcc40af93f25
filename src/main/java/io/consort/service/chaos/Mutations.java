package io.consort.service.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small damages to bytes, by a source of randomness. */
final class Mutations {

    private static final List<String> PIECES =
            List.of(
                    "null",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "[[",
                    "{\"",
                    "\\ud800",
                    "\u0000",
                    "\"",
                    ",",
                    ":",
                    "}",
                    "]",
                    "NaN",
                    "/*",
                    "\r\n",
                    "\n",
                    "%00",
                    "\uFEFF");

    private Mutations() {}

    /** The bytes with one to three damages. */
    static byte[] of(byte[] bytes, RandomGenerator random) {
        byte[] damaged = bytes;
        int edits = 1 + random.nextInt(3);
        for (int edit = 0; edit < edits && damaged.length > 0; edit++) {
            damaged =
                    switch (random.nextInt(5)) {
                        case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
                        case 1 -> flipped(damaged, random);
                        case 2 -> spliced(damaged, random, 0);
                        case 3 -> spliced(damaged, random, 1 + random.nextInt(12));
                        default -> doubled(damaged, random);
                    };
        }
        return damaged;
    }

    private static byte[] flipped(byte[] bytes, RandomGenerator random) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        return copy;
    }

    /** Puts a piece in the place of so many bytes. */
    private static byte[] spliced(byte[] bytes, RandomGenerator random, int removed) {
        byte[] piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
        int at = random.nextInt(bytes.length);
        int rest = Math.min(bytes.length, at + removed);
        byte[] copy = new byte[at + piece.length + bytes.length - rest];
        System.arraycopy(bytes, 0, copy, 0, at);
        System.arraycopy(piece, 0, copy, at, piece.length);
        System.arraycopy(bytes, rest, copy, at + piece.length, bytes.length - rest);
        return copy;
    }

    /** Repeats a stretch. */
    private static byte[] doubled(byte[] bytes, RandomGenerator random) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(bytes.length - from);
        byte[] copy = new byte[bytes.length + to - from];
        System.arraycopy(bytes, 0, copy, 0, to);
        System.arraycopy(bytes, from, copy, to, bytes.length - from);
        return copy;
    }
}
