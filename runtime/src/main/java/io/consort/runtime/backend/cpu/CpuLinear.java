package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Linear;
import io.consort.runtime.weights.DType;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Matrices stacked to one, each where it is mapped.
 *
 * @param in values that each row of a matrix has
 */
record CpuLinear(int in, int out, List<Part> parts) implements Linear {

    /**
     * One matrix, [out, in] in row-major order.
     *
     * @param bias as many values as rows, or none
     */
    record Part(DType type, MemorySegment data, int out, float[] bias) {

        /**
         * Multiplies one vector with some rows, and adds the bias.
         *
         * @param halves scratch for a register of every two rows
         * @param y receives a value per row, the first row of the matrix at {@code yFrom}
         */
        void multiply(int in, Pairs x, float[] halves, float[] y, int yFrom, int first, int end) {
            switch (type) {
                case F32 -> F32.multiply(data, in, x, halves, y, yFrom, first, end);
                case BF16 -> Bf16.multiply(data, in, x, halves, y, yFrom, first, end);
                case F16 -> F16.multiply(data, in, x, halves, y, yFrom, first, end);
                case Q8_0, Q4_0, Q4_K, Q6_K ->
                        Blocks.multiply(type, data, in, x, y, yFrom, first, end);
                case F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                        throw new IllegalStateException("no weights of " + type);
            }
            addBias(y, yFrom, first, end);
        }

        /** Writes elements of the matrix as float32. */
        void expand(long element, int count, float[] target) {
            switch (type) {
                case F32 -> F32.expand(data, element, count, target);
                case BF16 -> Bf16.expand(data, element, count, target);
                case F16 -> F16.expand(data, element, count, target);
                case Q8_0, Q4_0, Q4_K, Q6_K -> Blocks.expand(type, data, element, count, target);
                case F64, I64, I32, I16, I8, U64, U32, U16, U8, BOOL, F8_E4M3, F8_E5M2 ->
                        throw new IllegalStateException("no weights of " + type);
            }
        }

        void addBias(float[] y, int yFrom, int first, int end) {
            if (bias.length > 0) {
                for (int row = first; row < end; row++) {
                    y[yFrom + row] += bias[row];
                }
            }
        }
    }

    CpuLinear {
        parts = List.copyOf(parts);
    }

    CpuLinear(int in, List<Part> parts) {
        this(in, parts.stream().mapToInt(Part::out).sum(), parts);
    }
}
