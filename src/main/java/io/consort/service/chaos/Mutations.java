package io.consort.service.chaos;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Small damages to bytes, by a source of randomness.
 *
 * @param pieces what is put between or in the place of bytes
 */
public record Mutations(List<String> pieces) {

    /** With pieces that must not change any more. */
    public Mutations {
        pieces = List.copyOf(pieces);
    }

    /** The bytes with one to three damages. */
    public byte[] of(byte[] bytes, RandomGenerator random) {
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
    private byte[] spliced(byte[] bytes, RandomGenerator random, int removed) {
        byte[] piece = pieces.get(random.nextInt(pieces.size())).getBytes(StandardCharsets.UTF_8);
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
