package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
import static io.consort.runtime.backend.cpu.Interleaved.BLOCK;
import static io.consort.runtime.backend.cpu.Interleaved.GROUPS;
import static io.consort.runtime.backend.cpu.Interleaved.REGISTER;
import static io.consort.runtime.backend.cpu.Interleaved.SCALES;

import io.consort.runtime.backend.cpu.Interleaved.Digits;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Arithmetic on {@link Interleaved} rows. A number is taken out of its integer by a mask, and is then
 * as many powers of two too large as it has bits below it; the vector's value there is as many too small
 * (see {@link ScaledValues}), which is exact and saves shifts. The loop over the numbers of an
 * integer stays a loop: unrolled, the kernel is more than the compiler inlines.
 */
final class InterleavedKernels {

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, LANES * Short.SIZE)));
    private static final int[] FOUR_BITS = masks(Digits.FOUR_BITS);
    private static final int[] EIGHT_BITS = masks(Digits.EIGHT_BITS);

    private InterleavedKernels() {}

    private static int[] masks(Digits digits) {
        int[] masks = new int[digits.count * LANES];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = ((1 << digits.bits) - 1) << (i / LANES * digits.bits);
        }
        return masks;
    }

    private static int[] masks(Interleaved w) {
        return w.digits() == Digits.FOUR_BITS ? FOUR_BITS : EIGHT_BITS;
    }

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
        int digits = w.digits().count;
        int[] masks = masks(w);
        long blockBytes = w.digits().blockBytes;
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
            for (long j = SCALES; j < blockBytes; j += REGISTER) {
                IntVector w0 = IntVector.fromMemorySegment(INTS, data, at + j, ORDER);
                IntVector w1 = IntVector.fromMemorySegment(INTS, data, at + far + j, ORDER);
                IntVector w2 = IntVector.fromMemorySegment(INTS, data, at + 2 * far + j, ORDER);
                IntVector w3 = IntVector.fromMemorySegment(INTS, data, at + 3 * far + j, ORDER);
                for (int k = 0; k < digits; k++) {
                    IntVector mask = IntVector.fromArray(INTS, masks, k * LANES);
                    FloatVector some = value(x, column + k);
                    sum0 = number(w0, mask).fma(some, sum0);
                    sum1 = number(w1, mask).fma(some, sum1);
                    sum2 = number(w2, mask).fma(some, sum2);
                    sum3 = number(w3, mask).fma(some, sum3);
                }
                column += digits;
            }
            all0 = scales(data, at, kept).fma(sum0, all0);
            all1 = scales(data, at + far, kept).fma(sum1, all1);
            all2 = scales(data, at + 2 * far, kept).fma(sum2, all2);
            all3 = scales(data, at + 3 * far, kept).fma(sum3, all3);
            at += blockBytes;
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

    /**
     * Writes the numbers of a block of four neighbouring groups as float32.
     *
     * @param numbers receives registers, [column][group]
     * @param scales receives registers, one for each group
     */
    static void expand(Interleaved w, int group, int block, float[] numbers, float[] scales) {
        int[] masks = masks(w);
        long blockBytes = w.digits().blockBytes;
        IntVector kept = IntVector.broadcast(INTS, Scales.KEPT);
        for (int i = 0; i < GROUPS; i++) {
            long at = (group + i) * w.groupBytes() + block * blockBytes;
            scales(w.data(), at, kept).intoArray(scales, i * LANES);
            int place = i * LANES;
            for (long j = SCALES; j < blockBytes; j += REGISTER) {
                IntVector digits = IntVector.fromMemorySegment(INTS, w.data(), at + j, ORDER);
                for (int k = 0; k < masks.length; k += LANES) {
                    IntVector mask = IntVector.fromArray(INTS, masks, k);
                    number(digits, mask).intoArray(numbers, place);
                    place += GROUPS * LANES;
                }
            }
        }
    }

    private static FloatVector number(IntVector digits, IntVector mask) {
        return (FloatVector) digits.and(mask).convert(VectorOperators.I2F, 0);
    }

    private static FloatVector scales(MemorySegment data, long at, IntVector kept) {
        IntVector bits =
                (IntVector)
                        ShortVector.fromMemorySegment(SHORTS, data, at, ORDER)
                                .convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, Scales.SHIFT).and(kept).reinterpretAsFloats();
    }

    private static FloatVector value(float[] x, int at) {
        return FloatVector.broadcast(SPECIES, x[at]);
    }
}
