package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Floating-point numbers of their own: blocks of one value. */
public enum Plain implements Codec {
    F32(Float.BYTES) {
        @Override
        public void decode(MemorySegment data, long at, float[] values, int to) {
            values[to] = data.get(FLOAT, at);
        }

        @Override
        public void encode(float[] values, int from, MemorySegment data, long at) {
            data.set(FLOAT, at, values[from]);
        }
    },
    F16(Short.BYTES) {
        @Override
        public void decode(MemorySegment data, long at, float[] values, int to) {
            values[to] = Bytes.half(data, at);
        }

        @Override
        public void encode(float[] values, int from, MemorySegment data, long at) {
            Bytes.putHalf(data, at, values[from]);
        }
    },
    BF16(Short.BYTES) {
        @Override
        public void decode(MemorySegment data, long at, float[] values, int to) {
            values[to] = Float.intBitsToFloat(data.get(SHORT, at) << Short.SIZE);
        }

        @Override
        public void encode(float[] values, int from, MemorySegment data, long at) {
            int bits = Float.floatToIntBits(values[from]);
            int half = 0x7fff + ((bits >>> Short.SIZE) & 1);
            data.set(SHORT, at, (short) ((bits + half) >>> Short.SIZE));
        }
    };

    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    Plain(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int bytes() {
        return bytes;
    }
}
