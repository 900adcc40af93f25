package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Q4_0: blocks of 32 four-bit numbers behind a float16 scale; the lower halves of the bytes are the
 * first sixteen.
 */
final class Q40 implements WeightFormat {

    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final long BYTES = 18;
    private static final int NUMBERS = 2;

    @Override
    public boolean direct() {
        return LANES == HALF;
    }

    @Override
    public void multiply(
            MemorySegment w, int in, float[] x, int from, float[] lanes, int first, int end) {
        long rowBytes = in / BLOCK * BYTES;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        long at = first * rowBytes;
        int row = first;
        int column = 0;
        int to = 0;
        while (row < end) {
            FloatVector left = FloatVector.fromArray(SPECIES, x, from + column);
            FloatVector right = FloatVector.fromArray(SPECIES, x, from + column + HALF);
            sum0 = add(w, at, left, right, sum0);
            sum1 = add(w, at + rowBytes, left, right, sum1);
            sum2 = add(w, at + 2 * rowBytes, left, right, sum2);
            sum3 = add(w, at + 3 * rowBytes, left, right, sum3);
            column += BLOCK;
            at += BYTES;
            if (column == in) {
                sum0.intoArray(lanes, to);
                sum1.intoArray(lanes, to + LANES);
                sum2.intoArray(lanes, to + 2 * LANES);
                sum3.intoArray(lanes, to + 3 * LANES);
                sum0 = sum1 = sum2 = sum3 = zero;
                column = 0;
                row += 4;
                to += 4 * LANES;
                at = row * rowBytes;
            }
        }
    }

    private static FloatVector add(
            MemorySegment w, long at, FloatVector left, FloatVector right, FloatVector sum) {
        int bits = Nibbles.bits(w, at);
        FloatVector scale = Nibbles.scale(bits);
        FloatVector zero = Nibbles.minusEight(bits);
        IntVector bytes = Nibbles.unsigned(w, at + NUMBERS);
        FloatVector low = Nibbles.low(bytes).fma(scale, zero);
        FloatVector high = Nibbles.high(bytes).fma(scale, zero);
        return high.fma(right, low.fma(left, sum));
    }

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long at = element / BLOCK * BYTES;
        for (int i = 0; i < count; i += BLOCK) {
            int bits = Nibbles.bits(w, at);
            FloatVector scale = Nibbles.scale(bits);
            FloatVector zero = Nibbles.minusEight(bits);
            for (int j = 0; j < HALF; j += LANES) {
                IntVector bytes = Nibbles.unsigned(w, at + NUMBERS + j);
                Nibbles.low(bytes).fma(scale, zero).intoArray(target, to + i + j);
                Nibbles.high(bytes).fma(scale, zero).intoArray(target, to + i + HALF + j);
            }
            at += BYTES;
        }
    }
}
