package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Q4_0: blocks of 32 four-bit numbers behind a float16 scale; the lower halves of the bytes are the
 * first sixteen. Loops over halves of a block keep what the compiler has to inline small.
 */
final class Q40 implements BatchedFormat {

    private static final int BLOCK = 32;
    private static final int HALF = 16;
    private static final int SHORTS = 9;
    private static final int NUMBERS = 1;
    private static final long BYTES = 18;
    private static final int SCALE_BYTES = 2;

    @Override
    public DType type() {
        return DType.Q4_0;
    }

    @Override
    public int streams() {
        return 4;
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
        FloatVector units = Nibbles.units();
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        int column = 0;
        int to = 0;
        while (to < next) {
            FloatVector steps0 = Nibbles.steps(units, w.get(Nibbles.HALF, at));
            FloatVector steps1 = Nibbles.steps(units, w.get(Nibbles.HALF, at + far));
            FloatVector steps2 = Nibbles.steps(units, w.get(Nibbles.HALF, at + 2 * far));
            FloatVector steps3 = Nibbles.steps(units, w.get(Nibbles.HALF, at + 3 * far));
            at += SCALE_BYTES;
            for (int j = 0; j < BLOCK; j += LANES) {
                FloatVector some = FloatVector.fromArray(SPECIES, x, from + column + j);
                sum0 = numbers(w, at, j, steps0).fma(some, sum0);
                sum1 = numbers(w, at + far, j, steps1).fma(some, sum1);
                sum2 = numbers(w, at + 2 * far, j, steps2).fma(some, sum2);
                sum3 = numbers(w, at + 3 * far, j, steps3).fma(some, sum3);
            }
            at += HALF;
            column += BLOCK;
            if (column == in) {
                sum0.intoArray(lanes, to);
                sum1.intoArray(lanes, to + next);
                sum2.intoArray(lanes, to + 2 * next);
                sum3.intoArray(lanes, to + 3 * next);
                sum0 = sum1 = sum2 = sum3 = zero;
                column = 0;
                to += LANES;
            }
        }
    }

    @Override
    public void multiply(
            MemorySegment w,
            int in,
            int row,
            int distance,
            float[] x,
            int a,
            int b,
            int c,
            int d,
            float[] lanes,
            int to,
            int stride) {
        long rowBytes = in / BLOCK * BYTES;
        long far = distance * rowBytes;
        long at = row * rowBytes;
        FloatVector units = Nibbles.units();
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int i = 0; i < in; i += BLOCK) {
            FloatVector steps0 = Nibbles.steps(units, w.get(Nibbles.HALF, at));
            FloatVector steps1 = Nibbles.steps(units, w.get(Nibbles.HALF, at + far));
            at += SCALE_BYTES;
            for (int j = 0; j < BLOCK; j += LANES) {
                FloatVector w0 = numbers(w, at, j, steps0);
                FloatVector w1 = numbers(w, at + far, j, steps1);
                FloatVector some = FloatVector.fromArray(SPECIES, x, a + i + j);
                a0 = w0.fma(some, a0);
                a1 = w1.fma(some, a1);
                some = FloatVector.fromArray(SPECIES, x, b + i + j);
                b0 = w0.fma(some, b0);
                b1 = w1.fma(some, b1);
                some = FloatVector.fromArray(SPECIES, x, c + i + j);
                c0 = w0.fma(some, c0);
                c1 = w1.fma(some, c1);
                some = FloatVector.fromArray(SPECIES, x, d + i + j);
                d0 = w0.fma(some, d0);
                d1 = w1.fma(some, d1);
            }
            at += HALF;
        }
        a0.intoArray(lanes, to);
        a1.intoArray(lanes, to + stride);
        b0.intoArray(lanes, to + 2 * stride);
        b1.intoArray(lanes, to + 3 * stride);
        c0.intoArray(lanes, to + 4 * stride);
        c1.intoArray(lanes, to + 5 * stride);
        d0.intoArray(lanes, to + 6 * stride);
        d1.intoArray(lanes, to + 7 * stride);
    }

    /** A register of numbers, the {@code j}th and those behind it, of a block whose bytes are at {@code at}. */
    private static FloatVector numbers(MemorySegment w, long at, int j, FloatVector steps) {
        return Nibbles.four(Nibbles.unsigned(w, at + j % HALF), j / HALF * 4, steps);
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        FloatVector units = Nibbles.units();
        int place = at;
        for (int i = 0; i < count; i += BLOCK) {
            FloatVector steps = Nibbles.steps(units, (char) raw[place]);
            for (int j = 0; j < BLOCK; j += LANES) {
                int bytes = place + NUMBERS + j % HALF / 2;
                Nibbles.four(Nibbles.unsigned(raw, bytes), j / HALF * 4, steps)
                        .intoArray(target, to + i + j);
            }
            place += SHORTS;
        }
    }
}
