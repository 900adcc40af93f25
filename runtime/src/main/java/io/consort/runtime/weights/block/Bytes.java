package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Little-endian numbers at any place of a segment. */
final class Bytes {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static int signed(MemorySegment data, long at) {
        return data.get(ValueLayout.JAVA_BYTE, at);
    }

    static int unsigned(MemorySegment data, long at) {
        return Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, at));
    }

    static int whole(MemorySegment data, long at) {
        return data.get(INT, at);
    }

    static void put(MemorySegment data, long at, int value) {
        data.set(ValueLayout.JAVA_BYTE, at, (byte) value);
    }

    static float half(MemorySegment data, long at) {
        return Float.float16ToFloat(data.get(SHORT, at));
    }

    /** Stores a number as float16 and returns what was stored. */
    static float putHalf(MemorySegment data, long at, float value) {
        short half = Float.floatToFloat16(value);
        data.set(SHORT, at, half);
        return Float.float16ToFloat(half);
    }

    /** The whole number nearest to {@code value / scale}, within bounds; 0 for a scale of 0. */
    static int nearest(float value, float scale, int least, int most) {
        return scale == 0
                ? Math.clamp(0, least, most)
                : Math.clamp(Math.round(value / scale), least, most);
    }
}
