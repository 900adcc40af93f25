package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.Codec;
import java.lang.foreign.MemorySegment;

/** Weights in blocks, one value after the other: for processors whose registers hold few values. */
record Scalar(DType type, Codec codec) implements WeightFormat {

    Scalar(DType type) {
        this(type, type.codec().orElseThrow());
    }

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long at = type.bytes(element);
        for (int i = 0; i < count; i += codec.size()) {
            codec.decode(w, at, target, to + i);
            at += codec.bytes();
        }
    }
}
