package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What kernels on blocks of small integers share. */
final class Nibbles {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ORDER);
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    private static final int LOW = 15;
    private static final int HALF_NUMBERS = 1 << 16;

    /** Whether a register holds eight values or more, so that a block is a whole number of them. */
    static final boolean FAST = LANES == 8 || LANES == 16;

    /** Every float16 number, by its bits: a look-up is faster than converting one number. */
    private static final float[] HALVES = table(1);

    private static final float[] HALVES_TIMES_MINUS_EIGHT = table(-8);

    private Nibbles() {}

    private static float[] table(float factor) {
        float[] table = new float[HALF_NUMBERS];
        for (int i = 0; i < HALF_NUMBERS; i++) {
            table[i] = factor * Float.float16ToFloat((short) i);
        }
        return table;
    }

    /** The bits of a float16 number. */
    static int bits(MemorySegment w, long at) {
        return Short.toUnsignedInt(w.get(SHORT, at));
    }

    /** A float16 number, given by its bits. */
    static float half(int bits) {
        return HALVES[bits];
    }

    /** A float16 number in all lanes. */
    static FloatVector scale(int bits) {
        return FloatVector.broadcast(SPECIES, HALVES[bits]);
    }

    /** A float16 number times -8 in all lanes. */
    static FloatVector minusEight(int bits) {
        return FloatVector.broadcast(SPECIES, HALVES_TIMES_MINUS_EIGHT[bits]);
    }

    /** A register of bytes without signs. */
    static IntVector unsigned(MemorySegment w, long at) {
        return ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0)
                .reinterpretAsInts();
    }

    /** A register of signed bytes as numbers. */
    static FloatVector signed(MemorySegment w, long at) {
        return ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                .convertShape(VectorOperators.B2F, SPECIES, 0)
                .reinterpretAsFloats();
    }

    /** The lower four bits of bytes as numbers. */
    static FloatVector low(IntVector bytes) {
        return number(bytes.and(LOW));
    }

    /** The upper four bits of bytes as numbers. */
    static FloatVector high(IntVector bytes) {
        return number(bytes.lanewise(VectorOperators.LSHR, 4));
    }

    /** Integers as numbers. */
    static FloatVector number(IntVector integers) {
        return integers.convert(VectorOperators.I2F, 0).reinterpretAsFloats();
    }
}
