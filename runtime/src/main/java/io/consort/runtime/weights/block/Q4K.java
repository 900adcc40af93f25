package io.consort.runtime.weights.block;

import java.lang.foreign.MemorySegment;

/**
 * Q4_K: 256 values in eight groups of 32, each with a scale and a minimum of six bits, which are
 * multiples of two float16 numbers. A value is {@code scale * groupScale * number - minimum *
 * groupMinimum}.
 *
 * <pre>
 * bytes 0-1    scale
 * bytes 2-3    minimum
 * bytes 4-15   six bits for each group's scale and minimum, see {@link SixBitPairs}
 * bytes 16-143 numbers of four bits: byte 32 g + i holds value i of group 2 g below and of group
 *              2 g + 1 above
 * </pre>
 */
public final class Q4K implements Codec {

    private static final int SIZE = 256;
    private static final int GROUP = 32;
    private static final int GROUPS = SIZE / GROUP;
    private static final int MINIMUM = 2;
    private static final int PAIRS = 4;
    private static final int NUMBERS = PAIRS + SixBitPairs.BYTES;
    private static final int MOST = 15;

    @Override
    public int size() {
        return SIZE;
    }

    @Override
    public int bytes() {
        return NUMBERS + SIZE / 2;
    }

    @Override
    public void decode(MemorySegment data, long at, float[] values, int to) {
        float scale = Bytes.half(data, at);
        float minimum = Bytes.half(data, at + MINIMUM);
        int last = Bytes.whole(data, at + PAIRS + 8);
        long steps = SixBitPairs.firsts(Bytes.whole(data, at + PAIRS), last);
        long bases = SixBitPairs.seconds(Bytes.whole(data, at + PAIRS + 4), last);
        for (int group = 0; group < GROUPS; group++) {
            float step = scale * SixBitPairs.number(steps, group);
            float base = minimum * SixBitPairs.number(bases, group);
            long numbers = at + NUMBERS + (long) group / 2 * GROUP;
            int shift = group % 2 * 4;
            for (int i = 0; i < GROUP; i++) {
                int number = (Bytes.unsigned(data, numbers + i) >> shift) & MOST;
                values[to + group * GROUP + i] = step * number - base;
            }
        }
    }

    @Override
    public void encode(float[] values, int from, MemorySegment data, long at) {
        AffineFit[] fits = new AffineFit[GROUPS];
        float largestStep = 0;
        float largestBase = 0;
        for (int group = 0; group < GROUPS; group++) {
            fits[group] = AffineFit.of(values, from + group * GROUP, GROUP, MOST);
            largestStep = Math.max(largestStep, fits[group].step());
            largestBase = Math.max(largestBase, fits[group].base());
        }
        float scale = Bytes.putHalf(data, at, largestStep / SixBitPairs.MOST);
        float minimum = Bytes.putHalf(data, at + MINIMUM, largestBase / SixBitPairs.MOST);
        data.asSlice(at + PAIRS, bytes() - PAIRS).fill((byte) 0);
        for (int group = 0; group < GROUPS; group++) {
            int first = Bytes.nearest(fits[group].step(), scale, 0, SixBitPairs.MOST);
            int second = Bytes.nearest(fits[group].base(), minimum, 0, SixBitPairs.MOST);
            SixBitPairs.put(data, at + PAIRS, group, first, second);
            AffineFit stored = new AffineFit(scale * first, minimum * second);
            putNumbers(values, from, data, at, group, stored);
        }
    }

    private static void putNumbers(
            float[] values, int from, MemorySegment data, long at, int group, AffineFit fit) {
        long numbers = at + NUMBERS + (long) group / 2 * GROUP;
        int shift = group % 2 * 4;
        for (int i = 0; i < GROUP; i++) {
            int number = fit.number(values[from + group * GROUP + i], MOST);
            int before = Bytes.unsigned(data, numbers + i);
            Bytes.put(data, numbers + i, before | (number << shift));
        }
    }
}
