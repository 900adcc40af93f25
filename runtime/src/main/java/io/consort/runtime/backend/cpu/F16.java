package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;

/** IEEE half-precision weights. */
final class F16 implements WeightFormat {

    @Override
    public DType type() {
        return DType.F16;
    }

    /** The compiler makes vector instructions of this. */
    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = Float.float16ToFloat(raw[at + i]);
        }
    }
}
