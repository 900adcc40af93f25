package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Q6_K: 256 values in sixteen groups of 16, each with a signed byte as scale, which is a multiple of
 * a float16 number. A value is {@code scale * groupScale * (number - 32)} with a number of six bits.
 *
 * <pre>
 * bytes 0-127   low four bits of the numbers
 * bytes 128-191 high two bits of the numbers
 * bytes 192-207 scales of the groups
 * bytes 208-209 scale
 * </pre>
 *
 * <p>Each half of 128 values has 64 bytes of low and 32 bytes of high bits. Value {@code 32 q + i} of
 * a half has its low bits in byte {@code 32 (q % 2) + i}, below for the first two quarters and above
 * for the others, and its high bits in byte {@code i}, at bit {@code 2 q}.
 */
public final class Q6K implements Codec {

    private static final int SIZE = 256;
    private static final int GROUP = 16;
    private static final int GROUPS = SIZE / GROUP;
    private static final int HALF = 128;
    private static final int QUARTER = 32;
    private static final int HIGH = 128;
    private static final int SCALES = 192;
    private static final int SCALE = 208;
    private static final int ZERO = 32;
    private static final int MOST = 63;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int bytes() {
        return SCALE + 2;
    }

    @Override
    public void decode(MemorySegment data, long at, float[] values, int to) {
        float scale = Bytes.half(data, at + SCALE);
        for (int i = 0; i < SIZE; i++) {
            int low = (Bytes.unsigned(data, at + lowByte(i)) >> lowBit(i)) & 15;
            int high = (Bytes.unsigned(data, at + highByte(i)) >> highBit(i)) & 3;
            float step = scale * Bytes.signed(data, at + SCALES + i / GROUP);
            values[to + i] = step * ((low | (high << 4)) - ZERO);
        }
    }

    @Override
    public void encode(float[] values, int from, MemorySegment data, long at) {
        float[] steps = new float[GROUPS];
        for (int group = 0; group < GROUPS; group++) {
            steps[group] = Extremes.farthest(values, from + group * GROUP, GROUP) / -ZERO;
        }
        float largest = Extremes.farthest(steps, 0, GROUPS);
        data.asSlice(at, bytes()).fill((byte) 0);
        float scale = Bytes.putHalf(data, at + SCALE, largest / Byte.MIN_VALUE);
        for (int group = 0; group < GROUPS; group++) {
            int groupScale = Bytes.nearest(steps[group], scale, Byte.MIN_VALUE, Byte.MAX_VALUE);
            Bytes.put(data, at + SCALES + group, groupScale);
            for (int i = group * GROUP; i < (group + 1) * GROUP; i++) {
                int number =
                        Bytes.nearest(values[from + i], scale * groupScale, -ZERO, MOST - ZERO);
                putNumber(data, at, i, number + ZERO);
            }
        }
    }

    private static void putNumber(MemorySegment data, long at, int i, int number) {
        long low = at + lowByte(i);
        Bytes.put(data, low, Bytes.unsigned(data, low) | ((number & 15) << lowBit(i)));
        long high = at + highByte(i);
        Bytes.put(data, high, Bytes.unsigned(data, high) | (number >> 4 << highBit(i)));
    }

    private static int lowByte(int i) {
        return i / HALF * 64 + i % (2 * QUARTER);
    }

    private static int lowBit(int i) {
        return i % HALF / (2 * QUARTER) * 4;
    }

    private static int highByte(int i) {
        return HIGH + i / HALF * QUARTER + i % QUARTER;
    }

    private static int highBit(int i) {
        return i % HALF / QUARTER * 2;
    }
}
