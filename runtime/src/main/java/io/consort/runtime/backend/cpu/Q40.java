package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Q4_0: blocks of 32 four-bit numbers behind a float16 scale; the lower halves of the bytes are the
 * first sixteen.
 */
final class Q40 implements MappedFormat {

    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final int SHORTS = 9;
    private static final long BYTES = 18;
    private static final int SCALE_BYTES = 2;
    private static final int NUMBERS = 1;

    @Override
    public DType type() {
        return DType.Q4_0;
    }

    /** Four would be more than the compiler is willing to keep in registers. */
    @Override
    public int streams() {
        return 2;
    }

    /** One loop runs over all rows, since those over single rows would be short. */
    @Override
    public void multiply(
            MemorySegment w,
            int in,
            float[] x,
            int from,
            float[] lanes,
            int row,
            int distance,
            int count) {
        long rowBytes = in / BLOCK * BYTES;
        long far = distance * rowBytes;
        long at = row * rowBytes;
        int next = count * LANES;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        int column = from;
        int to = 0;
        while (to < next) {
            char half0 = w.get(Nibbles.HALF, at);
            char half1 = w.get(Nibbles.HALF, at + far);
            FloatVector scale0 = Nibbles.scale(half0);
            FloatVector scale1 = Nibbles.scale(half1);
            FloatVector zero0 = Nibbles.minusEight(half0);
            FloatVector zero1 = Nibbles.minusEight(half1);
            at += SCALE_BYTES;
            for (int j = 0; j < HALF; j += LANES) {
                FloatVector some = FloatVector.fromArray(SPECIES, x, column + j);
                FloatVector low0 = Nibbles.low(Nibbles.unsigned(w, at + j));
                FloatVector low1 = Nibbles.low(Nibbles.unsigned(w, at + far + j));
                sum0 = low0.fma(scale0, zero0).fma(some, sum0);
                sum1 = low1.fma(scale1, zero1).fma(some, sum1);
            }
            for (int j = 0; j < HALF; j += LANES) {
                FloatVector some = FloatVector.fromArray(SPECIES, x, column + HALF + j);
                FloatVector high0 = Nibbles.high(Nibbles.unsigned(w, at + j));
                FloatVector high1 = Nibbles.high(Nibbles.unsigned(w, at + far + j));
                sum0 = high0.fma(scale0, zero0).fma(some, sum0);
                sum1 = high1.fma(scale1, zero1).fma(some, sum1);
            }
            at += HALF;
            column += BLOCK;
            if (column == from + in) {
                sum0.intoArray(lanes, to);
                sum1.intoArray(lanes, to + next);
                sum0 = sum1 = zero;
                column = from;
                to += LANES;
            }
        }
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
