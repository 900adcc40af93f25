package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Eight pairs of six-bit numbers in twelve bytes, as Q4_K has them.
 *
 * <p>Bytes 0-3 hold the first numbers of pairs 0-3, bytes 4-7 their second ones. Bytes 8-11 hold the
 * low four bits of pairs 4-7, the first below the second. Their high two bits lie on top of bytes
 * 0-3 (first) and 4-7 (second).
 */
public final class SixBitPairs {

    static final int BYTES = 12;
    static final int MOST = 63;
    private static final int HALF = 4;
    private static final int LOW = 15;
    private static final int TOP = 6;
    private static final int SIX_BITS = 0x3f3f3f3f;
    private static final int LOW_BITS = 0x0f0f0f0f;
    private static final int HIGH_BITS = 0x30303030;

    private SixBitPairs() {}

    /**
     * The first numbers of all pairs, a byte each, pair 0 in the lowest.
     *
     * @param a bytes 0-3, little-endian
     * @param c bytes 8-11
     */
    public static long firsts(int a, int c) {
        return bytes(a & SIX_BITS, (c & LOW_BITS) | ((a >>> 2) & HIGH_BITS));
    }

    /**
     * The second numbers of all pairs.
     *
     * @param b bytes 4-7, little-endian
     * @param c bytes 8-11
     */
    public static long seconds(int b, int c) {
        return bytes(b & SIX_BITS, ((c >>> HALF) & LOW_BITS) | ((b >>> 2) & HIGH_BITS));
    }

    /** The number of a pair from 0 to 7. */
    public static int number(long numbers, int pair) {
        return (int) (numbers >>> (pair * Byte.SIZE)) & MOST;
    }

    private static long bytes(int low, int high) {
        return ((long) high << Integer.SIZE) | low;
    }

    /** Stores a pair; the twelve bytes are zero before the first. */
    static void put(MemorySegment data, long at, int pair, int first, int second) {
        if (pair < HALF) {
            merge(data, at + pair, first);
            merge(data, at + HALF + pair, second);
        } else {
            merge(data, at + HALF + pair, (first & LOW) | ((second & LOW) << HALF));
            merge(data, at + pair - HALF, first >> HALF << TOP);
            merge(data, at + pair, second >> HALF << TOP);
        }
    }

    private static void merge(MemorySegment data, long at, int bits) {
        Bytes.put(data, at, Bytes.unsigned(data, at) | bits);
    }
}
