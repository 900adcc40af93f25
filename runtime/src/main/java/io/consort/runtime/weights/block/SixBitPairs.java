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

    private SixBitPairs() {}

    /** The first number of a pair from 0 to 7. */
    public static int first(MemorySegment data, long at, int pair) {
        if (pair < HALF) {
            return Bytes.unsigned(data, at + pair) & MOST;
        }
        int low = Bytes.unsigned(data, at + HALF + pair) & LOW;
        return low | (Bytes.unsigned(data, at + pair - HALF) >> TOP << HALF);
    }

    /** The second number of a pair from 0 to 7. */
    public static int second(MemorySegment data, long at, int pair) {
        if (pair < HALF) {
            return Bytes.unsigned(data, at + HALF + pair) & MOST;
        }
        int low = Bytes.unsigned(data, at + HALF + pair) >> HALF;
        return low | (Bytes.unsigned(data, at + pair) >> TOP << HALF);
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
