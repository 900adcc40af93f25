package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;
import static io.consort.runtime.backend.cpu.Interleaved.REGISTER;
import static io.consort.runtime.backend.cpu.Interleaved.SCALES;
import static io.consort.runtime.backend.cpu.InterleavedKernels.FOUR_BITS;
import static io.consort.runtime.backend.cpu.InterleavedKernels.INTS;
import static io.consort.runtime.backend.cpu.InterleavedKernels.ORDER;
import static io.consort.runtime.backend.cpu.InterleavedKernels.number;
import static io.consort.runtime.backend.cpu.InterleavedKernels.scales;
import static io.consort.runtime.backend.cpu.InterleavedKernels.value;

import io.consort.runtime.backend.cpu.Interleaved.Digits;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Products of one vector with {@link Interleaved} rows of integers that hold eight numbers of four bits.
 * The number of digits is a constant here, one kernel for each: only then does the compiler unroll the
 * loop over them. It stays a loop, because unrolled by hand the kernel is more than the compiler inlines.
 */
final class FourBitKernel {

    /** Numbers in an integer. */
    private static final int COUNT = Digits.FOUR_BITS.count;

    private static final long BLOCK_BYTES = Digits.FOUR_BITS.blockBytes;

    private FourBitKernel() {}

    /**
     * Multiplies one vector with four streams of groups.
     *
     * @param x the only one of the {@link ScaledValues}
     * @param group the first stream's first group
     * @param distance groups from the beginning of one stream to that of the next
     * @param count groups of each stream
     * @param y receives the product of the first stream's first row at {@code to}, and those of all
     *     other rows as far from it as the rows are
     */
    static void multiply(
            Interleaved w, float[] x, int group, int distance, int count, float[] y, int to) {
        MemorySegment data = w.data();
        int in = w.in();
        long far = distance * w.groupBytes();
        long at = group * w.groupBytes();
        int next = distance * LANES;
        int end = to + count * LANES;
        IntVector kept = IntVector.broadcast(INTS, Scales.KEPT);
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector all0 = zero;
        FloatVector all1 = zero;
        FloatVector all2 = zero;
        FloatVector all3 = zero;
        int column = 0;
        int place = to;
        while (place < end) {
            FloatVector sum0 = value(x, in + column / BLOCK);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            for (long j = SCALES; j < BLOCK_BYTES; j += REGISTER) {
                IntVector w0 = IntVector.fromMemorySegment(INTS, data, at + j, ORDER);
                IntVector w1 = IntVector.fromMemorySegment(INTS, data, at + far + j, ORDER);
                IntVector w2 = IntVector.fromMemorySegment(INTS, data, at + 2 * far + j, ORDER);
                IntVector w3 = IntVector.fromMemorySegment(INTS, data, at + 3 * far + j, ORDER);
                for (int k = 0; k < COUNT; k++) {
                    IntVector mask = IntVector.fromArray(INTS, FOUR_BITS, k * LANES);
                    FloatVector some = value(x, column + k);
                    sum0 = number(w0, mask).fma(some, sum0);
                    sum1 = number(w1, mask).fma(some, sum1);
                    sum2 = number(w2, mask).fma(some, sum2);
                    sum3 = number(w3, mask).fma(some, sum3);
                }
                column += COUNT;
            }
            all0 = scales(data, at, kept).fma(sum0, all0);
            all1 = scales(data, at + far, kept).fma(sum1, all1);
            all2 = scales(data, at + 2 * far, kept).fma(sum2, all2);
            all3 = scales(data, at + 3 * far, kept).fma(sum3, all3);
            at += BLOCK_BYTES;
            if (column == in) {
                all0.mul(Scales.UNIT).intoArray(y, place);
                all1.mul(Scales.UNIT).intoArray(y, place + next);
                all2.mul(Scales.UNIT).intoArray(y, place + 2 * next);
                all3.mul(Scales.UNIT).intoArray(y, place + 3 * next);
                all0 = all1 = all2 = all3 = zero;
                column = 0;
                place += LANES;
            }
        }
    }
}
