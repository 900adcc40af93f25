package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Q4_0: a float16 scale, then 32 unsigned numbers of four bits. A value is {@code scale * (number -
 * 8)}.
 *
 * <pre>bytes 0-1 scale, 2-17 numbers: byte i holds value i below and value i + 16 above</pre>
 */
public final class Q40 implements Codec {

    private static final int SIZE = 32;
    private static final int HALF = SIZE / 2;
    private static final int NUMBERS = 2;
    private static final int ZERO = 8;
    private static final int MOST = 15;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int bytes() {
        return NUMBERS + HALF;
    }

    @Override
    public void decode(MemorySegment data, long at, float[] values, int to) {
        float scale = Bytes.half(data, at);
        for (int i = 0; i < HALF; i++) {
            int pair = Bytes.unsigned(data, at + NUMBERS + i);
            values[to + i] = scale * ((pair & MOST) - ZERO);
            values[to + HALF + i] = scale * ((pair >> 4) - ZERO);
        }
    }

    /** The value of the largest magnitude becomes -8, so that the scale may be negative. */
    @Override
    public void encode(float[] values, int from, MemorySegment data, long at) {
        float extreme = Extremes.farthest(values, from, SIZE);
        float scale = Bytes.putHalf(data, at, extreme / -ZERO);
        for (int i = 0; i < HALF; i++) {
            int low = number(values[from + i], scale);
            int high = number(values[from + HALF + i], scale);
            Bytes.put(data, at + NUMBERS + i, low | (high << 4));
        }
    }

    private static int number(float value, float scale) {
        return ZERO + Bytes.nearest(value, scale, -ZERO, MOST - ZERO);
    }
}
