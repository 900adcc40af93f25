package io.consort.runtime.backend.cpu;

import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;

/**
 * How products read weights of one stored type, where they are mapped. Stateless.
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

    /** Whether {@link #multiply} is there. */
    default boolean direct() {
        return false;
    }

    /**
     * Sums, in lanes, of the products of a vector with rows.
     *
     * @param w the matrix, [rows, in]
     * @param x the vector from {@code from} on, in the format's order
     * @param lanes receives a register per row
     * @param first row, and before {@code end} the last: a multiple of four rows
     */
    default void multiply(
            MemorySegment w, int in, float[] x, int from, float[] lanes, int first, int end) {
        throw new UnsupportedOperationException("expand the weights instead");
    }

    /** Writes elements as float32; they begin and end with a block. */
    void expand(MemorySegment w, long element, int count, float[] target, int to);

    /**
     * Writes elements as float32 in the format's order.
     *
     * @param count a multiple of {@link Pairs#GROUP}
     */
    default void arrange(MemorySegment w, long element, int count, float[] target, int to) {
        expand(w, element, count, target, to);
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
