package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** float32 weights. */
final class F32 implements WeightFormat {

    private static final VectorSpecies<Short> SHORTS = SPECIES.withLanes(short.class);

    @Override
    public DType type() {
        return DType.F32;
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        int bound = SPECIES.loopBound(count);
        for (int i = 0; i < bound; i += LANES) {
            ShortVector.fromArray(SHORTS, raw, at + 2 * i)
                    .reinterpretAsFloats()
                    .intoArray(target, to + i);
        }
        for (int i = bound; i < count; i++) {
            int low = Short.toUnsignedInt(raw[at + 2 * i]);
            target[to + i] = Float.intBitsToFloat((raw[at + 2 * i + 1] << 16) | low);
        }
    }
}
