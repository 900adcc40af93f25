package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;

/**
 * How weights of one stored type become float32, from a copy of their bytes in an array. A copy reads
 * memory as fast as memory can be read, which kernels with more arithmetic do not, and what is in an
 * array needs few checks. Stateless.
 *
 * <p>A product is summed in lanes: lane {@code l} of a register adds the columns that are {@code l}
 * modulo the number of lanes, in their order, and {@link Sums} adds the lanes. Every kernel keeps to
 * this order and computes with the same float32 values of the weights, so that a row's result does
 * not depend on how many other rows are computed with it.
 */
interface WeightFormat {

    /** Whether columns are taken in the order of {@link Pairs}. */
    default boolean paired() {
        return false;
    }

    /** The type that is stored. */
    DType type();

    /**
     * Writes elements as float32; they begin and end with a block.
     *
     * @param raw little-endian bytes, two in each number, from {@code at} on
     */
    void expand(short[] raw, int at, int count, float[] target, int to);

    /**
     * Writes elements as float32 in the format's order.
     *
     * @param count a multiple of {@link Pairs#GROUP}
     */
    default void arrange(short[] raw, int at, int count, float[] target, int to) {
        expand(raw, at, count, target, to);
    }

    /** The fastest that this processor has for a type. */
    static WeightFormat of(DType type) {
        return switch (type) {
            case F32 -> new F32();
            case F16 -> new F16();
            case BF16 -> new Bf16();
            case Q8_0 -> Nibbles.FAST ? new Q80() : new Scalar(type);
            case Q4_0 -> Nibbles.FAST ? new Q40() : new Scalar(type);
            case Q4_K -> Nibbles.FAST ? new Q4K() : new Scalar(type);
            case Q6_K -> Nibbles.FAST ? new Q6K() : new Scalar(type);
            case F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                    throw new IllegalArgumentException("no weights of " + type);
        };
    }
}
