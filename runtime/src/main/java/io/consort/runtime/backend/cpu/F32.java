package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;

/** Kernels on float32 weights. */
final class F32 {

    private static final long BYTES = Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ORDER);

    private F32() {}

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
        int whole = SPECIES.loopBound(in);
        int row = whole > 0 ? end - (end - first) % Sums.ROWS : first;
        if (row > first) {
            multiplyByFours(w, in, whole, x, halves, first, row);
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
     * Writes halves (see {@link Sums}) of the rows' products, over the leading {@code whole} columns,
     * of rows that are a multiple of four. One loop runs over all rows: loops over single
     * rows are too short to pay for what the compiler does to enter them.
     */
    private static void multiplyByFours(
            MemorySegment w, int in, int whole, Pairs x, float[] halves, int first, int end) {
        long rowBytes = in * BYTES;
        long at = first * rowBytes;
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum0 = zero;
        FloatVector sum1 = zero;
        FloatVector sum2 = zero;
        FloatVector sum3 = zero;
        float[] values = x.all();
        int from = x.from();
        int row = first;
        int column = 0;
        int to = 0;
        while (row < end) {
            FloatVector v = FloatVector.fromArray(SPECIES, values, from + column);
            sum0 = vector(w, at).fma(v, sum0);
            sum1 = vector(w, at + rowBytes).fma(v, sum1);
            sum2 = vector(w, at + 2 * rowBytes).fma(v, sum2);
            sum3 = vector(w, at + 3 * rowBytes).fma(v, sum3);
            column += LANES;
            at += LANES * BYTES;
            if (column == whole) {
                Sums.halves(sum0, sum1).intoArray(halves, to);
                Sums.halves(sum2, sum3).intoArray(halves, to + LANES);
                sum0 = sum1 = sum2 = sum3 = zero;
                column = 0;
                row += 4;
                to += 2 * LANES;
                at = row * rowBytes;
            }
        }
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
        return FloatVector.fromMemorySegment(SPECIES, w, at, ORDER);
    }

    private static float value(MemorySegment w, long at) {
        return w.get(FLOAT, at);
    }
}
