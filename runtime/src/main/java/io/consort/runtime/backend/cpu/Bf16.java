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

/** Kernels on bfloat16 weights: the upper halves of float32. */
final class Bf16 {

    private static final long BYTES = Short.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final int UPPER = 0xffff0000;
    private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);

    private Bf16() {}

    /**
     * Dot products of a vector with the rows from {@code first} to before {@code end}.
     *
     * @param halves scratch for a register of every two rows
     */
    static void multiply(
            MemorySegment w,
            int in,
            Pairs x,
            float[] halves,
            float[] y,
            int yFrom,
            int first,
            int end) {
        int whole = x.whole();
        int row = whole > 0 ? end - (end - first) % Sums.ROWS : first;
        if (row > first) {
            multiplyByFours(w, in, x, halves, first, row);
            Sums.reduce(halves, row - first, y, yFrom + first);
        }
        for (int tail = first; whole < in && tail < row; tail++) {
            y[yFrom + tail] += dot(w, (long) tail * in, whole, in, x);
        }
        for (; row < end; row++) {
            y[yFrom + row] = dot(w, (long) row * in, 0, in, x);
        }
    }

    /**
     * Writes halves (see {@link Sums}) of the rows' products, of rows that are a multiple of four. A vector of integers holds two weights in each lane, which become float32 by a shift
     * or a mask. One loop runs over all rows: loops over single rows are too short to pay for what
     * the compiler does to enter them.
     */
    private static void multiplyByFours(
            MemorySegment w, int in, Pairs x, float[] halves, int first, int end) {
        long rowBytes = in * BYTES;
        long at = first * rowBytes;
        int half = x.whole() / 2;
        float[] allEvens = x.evens();
        float[] allOdds = x.odds();
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector even0 = zero;
        FloatVector even1 = zero;
        FloatVector even2 = zero;
        FloatVector even3 = zero;
        FloatVector odd0 = zero;
        FloatVector odd1 = zero;
        FloatVector odd2 = zero;
        FloatVector odd3 = zero;
        int row = first;
        int pair = 0;
        int to = 0;
        while (row < end) {
            FloatVector evens = FloatVector.fromArray(SPECIES, allEvens, pair);
            FloatVector odds = FloatVector.fromArray(SPECIES, allOdds, pair);
            IntVector w0 = IntVector.fromMemorySegment(BITS, w, at, ORDER);
            IntVector w1 = IntVector.fromMemorySegment(BITS, w, at + rowBytes, ORDER);
            IntVector w2 = IntVector.fromMemorySegment(BITS, w, at + 2 * rowBytes, ORDER);
            IntVector w3 = IntVector.fromMemorySegment(BITS, w, at + 3 * rowBytes, ORDER);
            even0 = even(w0).fma(evens, even0);
            odd0 = odd(w0).fma(odds, odd0);
            even1 = even(w1).fma(evens, even1);
            odd1 = odd(w1).fma(odds, odd1);
            even2 = even(w2).fma(evens, even2);
            odd2 = odd(w2).fma(odds, odd2);
            even3 = even(w3).fma(evens, even3);
            odd3 = odd(w3).fma(odds, odd3);
            pair += LANES;
            at += BYTES * 2 * LANES;
            if (pair == half) {
                Sums.halves(even0.add(odd0), even1.add(odd1)).intoArray(halves, to);
                Sums.halves(even2.add(odd2), even3.add(odd3)).intoArray(halves, to + LANES);
                even0 = even1 = even2 = even3 = zero;
                odd0 = odd1 = odd2 = odd3 = zero;
                pair = 0;
                row += 4;
                to += 2 * LANES;
                at = row * rowBytes;
            }
        }
    }

    private static FloatVector even(IntVector pairs) {
        return pairs.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
    }

    private static FloatVector odd(IntVector pairs) {
        return pairs.and(UPPER).reinterpretAsFloats();
    }

    private static float dot(MemorySegment w, long rowStart, int from, int end, Pairs x) {
        float total = 0;
        for (int i = from; i < end; i++) {
            total += value(w, (rowStart + i) * BYTES) * x.all()[x.from() + i];
        }
        return total;
    }

    /** Writes elements as float32. */
    static void expand(MemorySegment w, long element, int count, float[] target) {
        long place = element * BYTES;
        int bound = SPECIES.loopBound(count);
        for (int i = 0; i < bound; i += LANES) {
            vector(w, place + i * BYTES).intoArray(target, i);
        }
        for (int i = bound; i < count; i++) {
            target[i] = value(w, place + i * BYTES);
        }
    }

    private static FloatVector vector(MemorySegment w, long at) {
        return ShortVector.fromMemorySegment(HALVES, w, at, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, BITS, 0)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }

    private static float value(MemorySegment w, long at) {
        return Float.intBitsToFloat(w.get(SHORT, at) << 16);
    }
}
