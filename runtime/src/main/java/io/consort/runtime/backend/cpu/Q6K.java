package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import io.consort.runtime.weights.DType;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** Q6_K: blocks of 256 six-bit numbers, with a scale for each group of 16. */
final class Q6K implements WeightFormat {

    private static final int BLOCK = 256;
    private static final int QUARTER = 32;
    private static final int GROUP = 16;
    private static final int SHORTS = 105;
    private static final int HIGH = 64;
    private static final int SCALES = 96;
    private static final int SCALE = 104;
    private static final int ZERO = 32;

    @Override
    public DType type() {
        return DType.Q6_K;
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        int place = at;
        for (int i = 0; i < count; i += BLOCK) {
            float scale = Nibbles.half(raw[place + SCALE]);
            for (int quarter = 0; quarter < BLOCK / QUARTER; quarter++) {
                for (int j = 0; j < QUARTER; j += GROUP) {
                    int group = (quarter * QUARTER + j) / GROUP;
                    byte own = (byte) Nibbles.unsigned(raw, place + SCALES, group);
                    int values = to + i + quarter * QUARTER + j;
                    expand(raw, place, quarter, j, scale * own, target, values);
                }
            }
            place += SHORTS;
        }
    }

    /** One group, which begins at value {@code from} of a quarter of a half. */
    private static void expand(
            short[] raw, int at, int quarter, int from, float step, float[] target, int to) {
        int half = quarter / 4;
        int place = quarter % 4;
        int lows = at + (half * 2 + place % 2) * (QUARTER / 2) + from / 2;
        int highs = at + HIGH + half * (QUARTER / 2) + from / 2;
        for (int i = 0; i < GROUP; i += LANES) {
            IntVector low =
                    Nibbles.unsigned(raw, lows + i / 2)
                            .lanewise(VectorOperators.LSHR, place / 2 * 4)
                            .and(15);
            IntVector high =
                    Nibbles.unsigned(raw, highs + i / 2)
                            .lanewise(VectorOperators.LSHR, place * 2)
                            .and(3)
                            .lanewise(VectorOperators.LSHL, 4);
            Nibbles.number(low.or(high).sub(ZERO)).mul(step).intoArray(target, to + i);
        }
    }
}
