package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Q4_0: blocks of 32 four-bit numbers behind a float16 scale; the lower halves of the bytes are the
 * first sixteen.
 */
final class Q40 implements CopiedFormat {

    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final int SHORTS = 9;
    private static final int NUMBERS = 1;

    @Override
    public DType type() {
        return DType.Q4_0;
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
            FloatVector zero0 = Nibbles.minusEight(raw[place]);
            FloatVector zero1 = Nibbles.minusEight(raw[place + row]);
            IntVector bytes0 = Nibbles.unsigned(raw, place + NUMBERS);
            IntVector bytes1 = Nibbles.unsigned(raw, place + NUMBERS + row);
            if (LANES == HALF) {
                FloatVector left = FloatVector.fromArray(SPECIES, x, column);
                FloatVector right = FloatVector.fromArray(SPECIES, x, column + HALF);
                sum0 = Nibbles.low(bytes0).fma(scale0, zero0).fma(left, sum0);
                sum1 = Nibbles.low(bytes1).fma(scale1, zero1).fma(left, sum1);
                sum0 = Nibbles.high(bytes0).fma(scale0, zero0).fma(right, sum0);
                sum1 = Nibbles.high(bytes1).fma(scale1, zero1).fma(right, sum1);
            } else {
                IntVector more0 = Nibbles.unsigned(raw, place + NUMBERS + LANES / 2);
                IntVector more1 = Nibbles.unsigned(raw, place + NUMBERS + LANES / 2 + row);
                FloatVector some = FloatVector.fromArray(SPECIES, x, column);
                sum0 = Nibbles.low(bytes0).fma(scale0, zero0).fma(some, sum0);
                sum1 = Nibbles.low(bytes1).fma(scale1, zero1).fma(some, sum1);
                some = FloatVector.fromArray(SPECIES, x, column + LANES);
                sum0 = Nibbles.low(more0).fma(scale0, zero0).fma(some, sum0);
                sum1 = Nibbles.low(more1).fma(scale1, zero1).fma(some, sum1);
                some = FloatVector.fromArray(SPECIES, x, column + HALF);
                sum0 = Nibbles.high(bytes0).fma(scale0, zero0).fma(some, sum0);
                sum1 = Nibbles.high(bytes1).fma(scale1, zero1).fma(some, sum1);
                some = FloatVector.fromArray(SPECIES, x, column + HALF + LANES);
                sum0 = Nibbles.high(more0).fma(scale0, zero0).fma(some, sum0);
                sum1 = Nibbles.high(more1).fma(scale1, zero1).fma(some, sum1);
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
            FloatVector zero = Nibbles.minusEight(raw[place]);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector bytes = Nibbles.unsigned(raw, place + NUMBERS + j / 2);
                Nibbles.low(bytes).fma(scale, zero).intoArray(target, to + i + j);
                Nibbles.high(bytes).fma(scale, zero).intoArray(target, to + i + HALF + j);
            }
            place += SHORTS;
        }
    }
}
