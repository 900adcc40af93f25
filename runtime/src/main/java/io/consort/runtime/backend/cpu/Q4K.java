package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;
import static io.consort.runtime.backend.cpu.Floats.SPECIES;

import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.block.SixBitPairs;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Q4_K: blocks of 256 four-bit numbers, with a scale and a minimum for each group of 32. */
final class Q4K implements WeightFormat {

    private static final int BLOCK = 256;
    private static final int GROUP = 32;
    private static final int SHORTS = 72;
    private static final int MINIMUM = 1;
    private static final int PAIRS = 2;
    private static final int NUMBERS = 8;

    @Override
    public DType type() {
        return DType.Q4_K;
    }

    @Override
    public void expand(short[] raw, int at, int count, float[] target, int to) {
        int place = at;
        for (int i = 0; i < count; i += BLOCK) {
            float scale = Nibbles.half(raw[place]);
            float minimum = Nibbles.half(raw[place + MINIMUM]);
            int a = whole(raw, place + PAIRS);
            int b = whole(raw, place + PAIRS + 2);
            int c = whole(raw, place + PAIRS + 4);
            long steps = SixBitPairs.firsts(a, c);
            long bases = SixBitPairs.seconds(b, c);
            for (int group = 0; group < BLOCK / GROUP; group += 2) {
                float step = scale * SixBitPairs.number(steps, group);
                float base = minimum * SixBitPairs.number(bases, group);
                float nextStep = scale * SixBitPairs.number(steps, group + 1);
                float nextBase = minimum * SixBitPairs.number(bases, group + 1);
                int numbers = place + NUMBERS + group * GROUP / 4;
                expand(
                        raw,
                        numbers,
                        step,
                        base,
                        nextStep,
                        nextBase,
                        target,
                        to + i + group * GROUP);
            }
            place += SHORTS;
        }
    }

    /** Two groups that share their bytes. */
    private static void expand(
            short[] raw,
            int numbers,
            float step,
            float base,
            float nextStep,
            float nextBase,
            float[] target,
            int to) {
        FloatVector scale = all(step);
        FloatVector least = all(base);
        FloatVector nextScale = all(nextStep);
        FloatVector nextLeast = all(nextBase);
        for (int i = 0; i < GROUP; i += LANES) {
            IntVector bytes = Nibbles.unsigned(raw, numbers + i / 2);
            Nibbles.low(bytes).mul(scale).sub(least).intoArray(target, to + i);
            Nibbles.high(bytes).mul(nextScale).sub(nextLeast).intoArray(target, to + GROUP + i);
        }
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }

    private static int whole(short[] raw, int at) {
        return (raw[at + 1] << Short.SIZE) | Short.toUnsignedInt(raw[at]);
    }
}
