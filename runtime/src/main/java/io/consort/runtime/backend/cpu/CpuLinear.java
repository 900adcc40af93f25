package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Linear;
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
    record Part(WeightFormat format, MemorySegment data, int out, float[] bias) {

        /** Adds the bias to some of a vector's products; that of row 0 is at {@code yFrom}. */
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
