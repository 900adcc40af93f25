package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import jdk.incubator.vector.FloatVector;

/** Q8_0: blocks of 32 signed bytes behind a float16 scale. */
final class Q80 implements CopiedFormat {

    private static final int BLOCK = 32;
    private static final int SHORTS = 17;
    private static final int NUMBERS = 1;

    @Override
    public DType type() {
        return DType.Q8_0;
    }

    @Override
    public void multiply(short[] raw, int at, int in, float[] x, int from, float[] lanes, int to) {
        int row = in / BLOCK * SHORTS;
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        int place = at;
        for (int column = from; column < from + in; column += BLOCK) {
            FloatVector scale0 = Nibbles.scale(raw[place]);
            FloatVector scale1 = Nibbles.scale(raw[place + row]);
            for (int j = 0; j < BLOCK; j += LANES) {
                int numbers = place + NUMBERS + j / 2;
                FloatVector some = FloatVector.fromArray(SPECIES, x, column + j);
                sum0 = Nibbles.signed(raw, numbers).mul(scale0).fma(some, sum0);
                sum1 = Nibbles.signed(raw, numbers + row).mul(scale1).fma(some, sum1);
            }
            place += SHORTS;
        }
        sum0.intoArray(lanes, to);
        sum1.intoArray(lanes, to + LANES);
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        int place = at;
        for (int i = 0; i < count; i += BLOCK) {
            FloatVector scale = Nibbles.scale(raw[place]);
            for (int j = 0; j < BLOCK; j += LANES) {
                Nibbles.signed(raw, place + NUMBERS + j / 2)
                        .mul(scale)
                        .intoArray(target, to + i + j);
            }
            place += SHORTS;
        }
    }
}
