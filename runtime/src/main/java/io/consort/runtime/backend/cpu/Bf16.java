package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * bfloat16 weights: the upper halves of float32. A vector of integers holds two weights in each lane,
 * which become float32 by a shift or a mask.
 */
final class Bf16 implements WeightFormat {

    private static final long BYTES = Short.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final int UPPER = 0xffff0000;
    private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);

    @Override
    public boolean paired() {
        return true;
    }

    @Override
    public boolean direct() {
        return true;
    }

    /**
     * One loop runs over all rows: loops over single rows are too short to pay for what the compiler
     * does to enter them.
     */
    @Override
    public void multiply(
            MemorySegment w, int in, float[] x, int from, float[] lanes, int first, int end) {
        long rowBytes = in * BYTES;
        int whole = in / Pairs.GROUP * Pairs.GROUP;
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
            FloatVector evens = FloatVector.fromArray(SPECIES, x, from + column);
            FloatVector odds = FloatVector.fromArray(SPECIES, x, from + column + LANES);
            IntVector w0 = IntVector.fromMemorySegment(BITS, w, at, ORDER);
            IntVector w1 = IntVector.fromMemorySegment(BITS, w, at + rowBytes, ORDER);
            IntVector w2 = IntVector.fromMemorySegment(BITS, w, at + 2 * rowBytes, ORDER);
            IntVector w3 = IntVector.fromMemorySegment(BITS, w, at + 3 * rowBytes, ORDER);
            sum0 = odd(w0).fma(odds, even(w0).fma(evens, sum0));
            sum1 = odd(w1).fma(odds, even(w1).fma(evens, sum1));
            sum2 = odd(w2).fma(odds, even(w2).fma(evens, sum2));
            sum3 = odd(w3).fma(odds, even(w3).fma(evens, sum3));
            column += 2 * LANES;
            at += BYTES * 2 * LANES;
            if (column == whole) {
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

    @Override
    public void arrange(MemorySegment w, long element, int count, float[] target, int to) {
        long at = element * BYTES;
        for (int i = 0; i < count; i += 2 * LANES) {
            IntVector pairs = IntVector.fromMemorySegment(BITS, w, at, ORDER);
            even(pairs).intoArray(target, to + i);
            odd(pairs).intoArray(target, to + i + LANES);
            at += BYTES * 2 * LANES;
        }
    }

    private static FloatVector even(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector odd(IntVector pairs) {
        return pairs.and(UPPER).reinterpretAsFloats();
    }

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long place = element * BYTES;
        int bound = SPECIES.loopBound(count);
        for (int i = 0; i < bound; i += LANES) {
            vector(w, place + i * BYTES).intoArray(target, to + i);
        }
        for (int i = bound; i < count; i++) {
            target[to + i] = Float.intBitsToFloat(w.get(SHORT, place + i * BYTES) << 16);
        }
    }

    private static FloatVector vector(MemorySegment w, long at) {
        return ShortVector.fromMemorySegment(HALVES, w, at, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, BITS, 0)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }
}
