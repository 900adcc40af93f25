package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Q8_0: a float16 scale, then 32 signed bytes. A value is {@code scale * byte}.
 *
 * <pre>bytes 0-1 scale, 2-33 bytes of values 0-31</pre>
 */
public final class Q80 implements Codec {

    private static final int SIZE = 32;
    private static final int VALUES = 2;
    private static final int MOST = 127;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int bytes() {
        return VALUES + SIZE;
    }

    @Override
    public void decode(MemorySegment data, long at, float[] values, int to) {
        float scale = Bytes.half(data, at);
        for (int i = 0; i < SIZE; i++) {
            values[to + i] = scale * Bytes.signed(data, at + VALUES + i);
        }
    }

    @Override
    public void encode(float[] values, int from, MemorySegment data, long at) {
        float largest = 0;
        for (int i = 0; i < SIZE; i++) {
            largest = Math.max(largest, Math.abs(values[from + i]));
        }
        float scale = Bytes.putHalf(data, at, largest / MOST);
        for (int i = 0; i < SIZE; i++) {
            Bytes.put(data, at + VALUES + i, Bytes.nearest(values[from + i], scale, -MOST, MOST));
        }
    }
}
