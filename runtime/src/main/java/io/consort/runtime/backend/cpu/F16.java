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

/** IEEE half-precision weights. */
final class F16 implements WeightFormat {

    private static final long BYTES = Short.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
    private static final VectorSpecies<Integer> BITS = SPECIES.withLanes(int.class);
    private static final int SIGN = 0x8000;
    private static final int MAGNITUDE = 0x7fff;
    private static final int INFINITE = 0x7c00;
    private static final int FLOAT_INFINITE = 0x7f800000;
    private static final float REBIAS = 0x1p112f;

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
            FloatVector v = FloatVector.fromArray(SPECIES, x, from + column);
            sum0 = vector(w, at).fma(v, sum0);
            sum1 = vector(w, at + rowBytes).fma(v, sum1);
            sum2 = vector(w, at + 2 * rowBytes).fma(v, sum2);
            sum3 = vector(w, at + 3 * rowBytes).fma(v, sum3);
            column += LANES;
            at += LANES * BYTES;
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
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long place = element * BYTES;
        int bound = SPECIES.loopBound(count);
        for (int i = 0; i < bound; i += LANES) {
            vector(w, place + i * BYTES).intoArray(target, to + i);
        }
        for (int i = bound; i < count; i++) {
            target[to + i] = Float.float16ToFloat(w.get(SHORT, place + i * BYTES));
        }
    }

    /** Exponent and fraction move to their float32 places; multiplying corrects the bias. */
    private static FloatVector vector(MemorySegment w, long at) {
        IntVector half =
                ShortVector.fromMemorySegment(HALVES, w, at, ORDER)
                        .convertShape(VectorOperators.ZERO_EXTEND_S2I, BITS, 0)
                        .reinterpretAsInts();
        IntVector magnitude = half.and(MAGNITUDE);
        IntVector bits =
                magnitude
                        .lanewise(VectorOperators.LSHL, 13)
                        .reinterpretAsFloats()
                        .mul(REBIAS)
                        .reinterpretAsInts();
        return bits.lanewise(
                        VectorOperators.OR,
                        FLOAT_INFINITE,
                        magnitude.compare(VectorOperators.GE, INFINITE))
                .or(half.and(SIGN).lanewise(VectorOperators.LSHL, 16))
                .reinterpretAsFloats();
    }
}
