package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Q8_0: blocks of 32 signed bytes behind a float16 scale. */
final class Q80 implements WeightFormat {

    private static final int BLOCK = 32;
    private static final long BYTES = 34;
    private static final int NUMBERS = 2;

    @Override
    public boolean direct() {
        return true;
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
            int place = from + column;
            sum0 = add(w, at, x, place, sum0);
            sum1 = add(w, at + rowBytes, x, place, sum1);
            sum2 = add(w, at + 2 * rowBytes, x, place, sum2);
            sum3 = add(w, at + 3 * rowBytes, x, place, sum3);
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
            MemorySegment w, long at, float[] x, int from, FloatVector start) {
        FloatVector scale = Nibbles.scale(Nibbles.bits(w, at));
        FloatVector sum = start;
        for (int i = 0; i < BLOCK; i += LANES) {
            sum =
                    Nibbles.signed(w, at + NUMBERS + i)
                            .mul(scale)
                            .fma(FloatVector.fromArray(SPECIES, x, from + i), sum);
        }
        return sum;
    }

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long at = element / BLOCK * BYTES;
        for (int i = 0; i < count; i += BLOCK) {
            FloatVector scale = Nibbles.scale(Nibbles.bits(w, at));
            for (int j = 0; j < BLOCK; j += LANES) {
                Nibbles.signed(w, at + NUMBERS + j).mul(scale).intoArray(target, to + i + j);
            }
            at += BYTES;
        }
    }
}
