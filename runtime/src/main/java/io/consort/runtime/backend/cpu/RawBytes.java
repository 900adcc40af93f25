package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Copies of weights as they are stored, two bytes in each element of an array of each worker. What
 * was in an array before is lost.
 */
final class RawBytes {

    private static final ValueLayout.OfShort LAYOUT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int LEAST = 4096;

    private final short[][] arrays;

    RawBytes(int workers) {
        arrays = new short[workers][0];
    }

    /** Array elements that weights take, which begin and end with a block. */
    static int size(DType type, long elements) {
        return Math.toIntExact(type.bytes(elements) / Short.BYTES);
    }

    /** A worker's array with room for so many pairs of bytes. */
    short[] of(int worker, int size) {
        if (arrays[worker].length < size) {
            arrays[worker] = new short[Math.max(LEAST, size)];
        }
        return arrays[worker];
    }

    /** Copies weights, which begin and end with a block, to the beginning of an array. */
    static void copy(DType type, MemorySegment w, long element, int count, short[] target) {
        MemorySegment.copy(w, LAYOUT, type.bytes(element), target, 0, size(type, count));
    }

    /** Writes weights as float32. */
    void expand(
            int worker,
            WeightFormat format,
            MemorySegment w,
            long element,
            int count,
            float[] target,
            int to) {
        short[] raw = of(worker, size(format.type(), count));
        copy(format.type(), w, element, count, raw);
        format.expand(raw, 0, count, target, to);
    }
}
