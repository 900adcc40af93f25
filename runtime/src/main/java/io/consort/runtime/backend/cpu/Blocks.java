package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.MemorySegment;

/** Products with quantised weights, a row decoded at a time. */
final class Blocks {

    private Blocks() {}

    /** Writes the products of a vector with some rows, row 0 of the matrix at {@code y[yFrom]}. */
    static void multiply(
            DType type,
            MemorySegment w,
            int in,
            Pairs x,
            float[] y,
            int yFrom,
            int first,
            int end) {
        float[] row = new float[in];
        for (int i = first; i < end; i++) {
            expand(type, w, (long) i * in, in, row);
            y[yFrom + i] = Floats.dot(row, 0, x.all(), x.from(), in);
        }
    }

    /** Writes elements as float32; they begin and end with a block. */
    static void expand(DType type, MemorySegment w, long element, int count, float[] target) {
        Codec codec = type.codec().orElseThrow();
        long at = type.bytes(element);
        for (int i = 0; i < count; i += codec.size()) {
            codec.decode(w, at, target, i);
            at += codec.bytes();
        }
    }
}
