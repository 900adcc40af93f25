package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q6_K: blocks of 256 six-bit numbers, with a scale for each group of 16. */
final class Q6K implements WeightFormat {

    private static final int BLOCK = 256;
    private static final int HALF = 128;
    private static final int QUARTER = 32;
    private static final int GROUP = 16;
    private static final long BYTES = 210;
    private static final int HIGH = 128;
    private static final int SCALES = 192;
    private static final int SCALE = 208;
    private static final int ZERO = 32;

    @Override
    public void expand(MemorySegment w, long element, int count, float[] target, int to) {
        long at = element / BLOCK * BYTES;
        for (int i = 0; i < count; i += BLOCK) {
            for (int quarter = 0; quarter < BLOCK / QUARTER; quarter++) {
                for (int j = 0; j < QUARTER; j += GROUP) {
                    expand(w, at, quarter, j, target, to + i + quarter * QUARTER + j);
                }
            }
            at += BYTES;
        }
    }

    /** One group, which begins at value {@code from} of a quarter of a half. */
    private static void expand(
            MemorySegment w, long at, int quarter, int from, float[] target, int to) {
        int half = quarter / 4;
        int place = quarter % 4;
        long lows = at + (long) half * (HALF / 2) + (long) place % 2 * QUARTER + from;
        long highs = at + HIGH + (long) half * QUARTER + from;
        int group = (quarter * QUARTER + from) / GROUP;
        float step =
                Nibbles.half(Nibbles.bits(w, at + SCALE))
                        * w.get(ValueLayout.JAVA_BYTE, at + SCALES + group);
        for (int i = 0; i < GROUP; i += LANES) {
            IntVector low =
                    Nibbles.unsigned(w, lows + i)
                            .lanewise(VectorOperators.LSHR, place / 2 * 4)
                            .and(15);
            IntVector high =
                    Nibbles.unsigned(w, highs + i)
                            .lanewise(VectorOperators.LSHR, place * 2)
                            .and(3)
                            .lanewise(VectorOperators.LSHL, 4);
            Nibbles.number(low.or(high).sub(ZERO)).mul(step).intoArray(target, to + i);
        }
    }
}
