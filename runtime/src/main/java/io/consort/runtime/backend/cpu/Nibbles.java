package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** What kernels on blocks of small integers share. Two bytes are in each element of an array. */
final class Nibbles {

    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    private static final int LOW = 15;
    private static final int HALF_NUMBERS = 1 << 16;

    /** The bits of a float16 number, anywhere. */
    static final ValueLayout.OfChar HALF =
            ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Whether a register holds eight values or more, so that a block is a whole number of them. */
    static final boolean FAST = LANES == 8 || LANES == 16;

    /** Every float16 number, by its bits: a look-up is faster than converting one number. */
    private static final float[] HALVES = halves();

    /** How many numbers four bits can be: a register of sixteen holds a product for each. */
    private static final int CODES = 16;

    private static final int ZERO = 8;
    private static final float[] DISTANCES = distances();

    private Nibbles() {}

    private static float[] halves() {
        float[] halves = new float[HALF_NUMBERS];
        for (int i = 0; i < HALF_NUMBERS; i++) {
            halves[i] = Float.float16ToFloat((short) i);
        }
        return halves;
    }

    private static float[] distances() {
        float[] distances = new float[CODES];
        for (int i = 0; i < CODES; i++) {
            distances[i] = i - ZERO;
        }
        return distances;
    }

    /** A float16 number, given by its bits. */
    static float half(short bits) {
        return HALVES[Short.toUnsignedInt(bits)];
    }

    /** A float16 number in all lanes. */
    static FloatVector scale(short bits) {
        return FloatVector.broadcast(SPECIES, half(bits));
    }

    /** What {@link #steps} starts from, the same for every block: loops load it once. */
    static FloatVector units() {
        return LANES == CODES
                ? FloatVector.fromArray(SPECIES, DISTANCES, 0)
                : FloatVector.broadcast(SPECIES, 1);
    }

    /** What {@link #four} needs of a scale: its products with all distances, or where registers are short itself. */
    static FloatVector steps(FloatVector units, char bits) {
        return units.mul(HALVES[bits]);
    }

    /** Four bits of each of some bytes, less eight, times the scale; every value is exact. */
    static FloatVector four(IntVector bytes, int shift, FloatVector steps) {
        IntVector bits = bytes.lanewise(VectorOperators.LSHR, shift);
        return LANES == CODES
                ? bits.selectFrom(steps.reinterpretAsInts()).reinterpretAsFloats()
                : number(bits.and(LOW)).sub(ZERO).mul(steps);
    }

    /** A float16 number in all lanes, converted: where arithmetic is cheaper than a look-up. */
    static FloatVector scale(MemorySegment w, long at) {
        return FloatVector.broadcast(SPECIES, Float.float16ToFloat((short) w.get(HALF, at)));
    }

    /** A register of mapped bytes without signs. */
    static IntVector unsigned(MemorySegment w, long at) {
        return (IntVector)
                ByteVector.fromMemorySegment(BYTES, w, at, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }

    /** A register of mapped signed bytes as numbers. */
    static FloatVector signed(MemorySegment w, long at) {
        return (FloatVector)
                ByteVector.fromMemorySegment(BYTES, w, at, ByteOrder.LITTLE_ENDIAN)
                        .convertShape(VectorOperators.B2F, SPECIES, 0);
    }

    /** A register of bytes without signs. */
    static IntVector unsigned(short[] raw, int at) {
        return (IntVector)
                ShortVector.fromArray(SHORTS, raw, at)
                        .reinterpretAsBytes()
                        .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
    }

    /** A register of signed bytes as numbers. */
    static FloatVector signed(short[] raw, int at) {
        return (FloatVector)
                ShortVector.fromArray(SHORTS, raw, at)
                        .reinterpretAsBytes()
                        .convertShape(VectorOperators.B2F, SPECIES, 0);
    }

    /** One byte without its sign, the {@code place}th from {@code at} on. */
    static int unsigned(short[] raw, int at, int place) {
        return (raw[at + place / 2] >> (place % 2 * Byte.SIZE)) & 0xff;
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
        return (FloatVector) integers.convert(VectorOperators.I2F, 0);
    }
}
