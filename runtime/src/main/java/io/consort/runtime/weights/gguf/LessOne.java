package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Preparation;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.block.Plain;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/** Makes a norm's factors the distances from one that Gemma's own checkpoints hold. */
record LessOne() implements Preparation {

    @Override
    public long copiedBytes(Tensor stored) {
        return DType.F32.bytes(stored.count());
    }

    @Override
    public Tensor prepare(Tensor stored, Arena arena) {
        float[] values = stored.toFloats();
        MemorySegment less = arena.allocate(DType.F32.bytes(values.length));
        for (int i = 0; i < values.length; i++) {
            values[i] -= 1;
            Plain.F32.encode(values, i, less, DType.F32.bytes(i));
        }
        return new Tensor(
                stored.file(),
                OptionalLong.empty(),
                stored.name(),
                DType.F32,
                stored.shape(),
                less);
    }
}
