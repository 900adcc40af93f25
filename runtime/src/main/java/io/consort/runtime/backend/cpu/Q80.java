package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/** Q8_0: blocks of 32 signed bytes behind a float16 scale. */
final class Q80 implements BatchedFormat {

    private static final int BLOCK = 32;
    private static final int SHORTS = 17;
    private static final long BYTES = 34;
    private static final int SCALE_BYTES = 2;
    private static final int NUMBERS = 1;

    @Override
    public DType type() {
        return DType.Q8_0;
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
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        int column = 0;
        int to = 0;
        while (to < next) {
            FloatVector scale0 = Nibbles.scale(w, at);
            FloatVector scale1 = Nibbles.scale(w, at + far);
            FloatVector scale2 = Nibbles.scale(w, at + 2 * far);
            FloatVector scale3 = Nibbles.scale(w, at + 3 * far);
            at += SCALE_BYTES;
            for (int j = 0; j < BLOCK; j += LANES) {
                FloatVector some = FloatVector.fromArray(SPECIES, x, from + column + j);
                sum0 = Nibbles.signed(w, at + j).mul(scale0).fma(some, sum0);
                sum1 = Nibbles.signed(w, at + far + j).mul(scale1).fma(some, sum1);
                sum2 = Nibbles.signed(w, at + 2 * far + j).mul(scale2).fma(some, sum2);
                sum3 = Nibbles.signed(w, at + 3 * far + j).mul(scale3).fma(some, sum3);
            }
            at += BLOCK;
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
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int i = 0; i < in; i += BLOCK) {
            FloatVector scale0 = Nibbles.scale(w, at);
            FloatVector scale1 = Nibbles.scale(w, at + far);
            at += SCALE_BYTES;
            for (int j = 0; j < BLOCK; j += LANES) {
                FloatVector w0 = Nibbles.signed(w, at + j).mul(scale0);
                FloatVector w1 = Nibbles.signed(w, at + far + j).mul(scale1);
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
            at += BLOCK;
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
