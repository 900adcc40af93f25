package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.block.SixBitPairs;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Q4_K: blocks of 256 four-bit numbers, with a scale and a minimum for each group of 32. */
final class Q4K implements WeightFormat {

    private static final int BLOCK = 256;
    private static final int GROUP = 32;
    private static final long BYTES = 144;
    private static final int MINIMUM = 2;
    private static final int PAIRS = 4;
    private static final int NUMBERS = 16;

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long at = element / BLOCK * BYTES;
        for (int i = 0; i < count; i += BLOCK) {
            float scale = Nibbles.half(Nibbles.bits(w, at));
            float minimum = Nibbles.half(Nibbles.bits(w, at + MINIMUM));
            for (int group = 0; group < BLOCK / GROUP; group += 2) {
                long numbers = at + NUMBERS + (long) group / 2 * GROUP;
                expand(w, at, scale, minimum, group, numbers, target, to + i + group * GROUP);
            }
            at += BYTES;
        }
    }

    /** Two groups that share their bytes. */
    private static void expand(
            MemorySegment w,
            long block,
            float scale,
            float minimum,
            int group,
            long numbers,
            float[] target,
            int to) {
        long pairs = block + PAIRS;
        FloatVector step = all(scale * SixBitPairs.first(w, pairs, group));
        FloatVector base = all(minimum * SixBitPairs.second(w, pairs, group));
        FloatVector nextStep = all(scale * SixBitPairs.first(w, pairs, group + 1));
        FloatVector nextBase = all(minimum * SixBitPairs.second(w, pairs, group + 1));
        for (int i = 0; i < GROUP; i += LANES) {
            IntVector bytes = Nibbles.unsigned(w, numbers + i);
            Nibbles.low(bytes).mul(step).sub(base).intoArray(target, to + i);
            Nibbles.high(bytes).mul(nextStep).sub(nextBase).intoArray(target, to + GROUP + i);
        }
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
