package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;
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
 * (see {@link ScaledValues}), which is exact and saves shifts.
 */
final class InterleavedKernels {

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final VectorSpecies<Integer> INTS = SPECIES.withLanes(int.class);
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, LANES * Short.SIZE)));
    static final int[] FOUR_BITS = masks(Digits.FOUR_BITS);
    static final int[] EIGHT_BITS = masks(Digits.EIGHT_BITS);

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

    static FloatVector number(IntVector digits, IntVector mask) {
        return (FloatVector) digits.and(mask).convert(VectorOperators.I2F, 0);
    }

    static FloatVector scales(MemorySegment data, long at, IntVector kept) {
        IntVector bits =
                (IntVector)
                        ShortVector.fromMemorySegment(SHORTS, data, at, ORDER)
                                .convertShape(VectorOperators.S2I, INTS, 0);
        return bits.lanewise(VectorOperators.LSHL, Scales.SHIFT).and(kept).reinterpretAsFloats();
    }

    static FloatVector value(float[] x, int at) {
        return FloatVector.broadcast(SPECIES, x[at]);
    }
}
