package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * bfloat16 weights: the upper halves of float32. A vector of integers holds two weights in each lane,
 * which become float32 by a shift or a mask.
 */
final class Bf16 implements BatchedFormat {

    private static final long BYTES = Short.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VectorSpecies<Short> SHORTS = SPECIES.withLanes(short.class);
    private static final int UPPER = 0xffff0000;
    private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);

    @Override
    public boolean paired() {
        return true;
    }

    @Override
    public DType type() {
        return DType.BF16;
    }

    @Override
    public int streams() {
        return 4;
    }

    /**
     * One loop runs over all rows: loops over single rows are too short to pay for what the compiler
     * does to enter them.
     */
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
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        long far = distance * (in * BYTES);
        long at = row * (in * BYTES);
        long rest = (in - whole) * BYTES;
        int next = count * LANES;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        int column = 0;
        int to = 0;
        while (to < next) {
            FloatVector evens = FloatVector.fromArray(SPECIES, x, from + column);
            FloatVector odds = FloatVector.fromArray(SPECIES, x, from + column + LANES);
            IntVector w0 = IntVector.fromMemorySegment(BITS, w, at, ORDER);
            IntVector w1 = IntVector.fromMemorySegment(BITS, w, at + far, ORDER);
            IntVector w2 = IntVector.fromMemorySegment(BITS, w, at + 2 * far, ORDER);
            IntVector w3 = IntVector.fromMemorySegment(BITS, w, at + 3 * far, ORDER);
            sum0 = odd(w0).fma(odds, even(w0).fma(evens, sum0));
            sum1 = odd(w1).fma(odds, even(w1).fma(evens, sum1));
            sum2 = odd(w2).fma(odds, even(w2).fma(evens, sum2));
            sum3 = odd(w3).fma(odds, even(w3).fma(evens, sum3));
            column += 2 * LANES;
            at += BYTES * 2 * LANES;
            if (column == whole) {
                sum0.intoArray(lanes, to);
                sum1.intoArray(lanes, to + next);
                sum2.intoArray(lanes, to + 2 * next);
                sum3.intoArray(lanes, to + 3 * next);
                sum0 = sum1 = sum2 = sum3 = zero;
                column = 0;
                to += LANES;
                at += rest;
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
        long start = row * (in * BYTES);
        long far = distance * (in * BYTES);
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        for (int i = 0; i < whole; i += 2 * LANES) {
            long at = start + i * BYTES;
            IntVector w0 = IntVector.fromMemorySegment(BITS, w, at, ORDER);
            IntVector w1 = IntVector.fromMemorySegment(BITS, w, at + far, ORDER);
            FloatVector even0 = even(w0);
            FloatVector even1 = even(w1);
            FloatVector odd0 = odd(w0);
            FloatVector odd1 = odd(w1);
            FloatVector evens = FloatVector.fromArray(SPECIES, x, a + i);
            FloatVector odds = FloatVector.fromArray(SPECIES, x, a + i + LANES);
            a0 = odd0.fma(odds, even0.fma(evens, a0));
            a1 = odd1.fma(odds, even1.fma(evens, a1));
            evens = FloatVector.fromArray(SPECIES, x, b + i);
            odds = FloatVector.fromArray(SPECIES, x, b + i + LANES);
            b0 = odd0.fma(odds, even0.fma(evens, b0));
            b1 = odd1.fma(odds, even1.fma(evens, b1));
            evens = FloatVector.fromArray(SPECIES, x, c + i);
            odds = FloatVector.fromArray(SPECIES, x, c + i + LANES);
            c0 = odd0.fma(odds, even0.fma(evens, c0));
            c1 = odd1.fma(odds, even1.fma(evens, c1));
            evens = FloatVector.fromArray(SPECIES, x, d + i);
            odds = FloatVector.fromArray(SPECIES, x, d + i + LANES);
            d0 = odd0.fma(odds, even0.fma(evens, d0));
            d1 = odd1.fma(odds, even1.fma(evens, d1));
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
    public void arrange(short[] raw, int at, int count, float[] target, int to) {
        for (int i = 0; i < count; i += 2 * LANES) {
            IntVector pairs = ShortVector.fromArray(SHORTS, raw, at + i).reinterpretAsInts();
            even(pairs).intoArray(target, to + i);
            odd(pairs).intoArray(target, to + i + LANES);
        }
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        for (int i = 0; i < count; i++) {
            target[to + i] = Float.intBitsToFloat(raw[at + i] << 16);
        }
    }

    private static FloatVector even(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector odd(IntVector pairs) {
        return pairs.and(UPPER).reinterpretAsFloats();
    }
}
