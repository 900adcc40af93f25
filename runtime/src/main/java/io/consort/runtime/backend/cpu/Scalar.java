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
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        MemorySegment bytes = MemorySegment.ofArray(raw);
        long place = (long) at * Short.BYTES;
        for (int i = 0; i < count; i += codec.size()) {
            codec.decode(bytes, place, target, to + i);
            place += codec.bytes();
        }
    }
}
