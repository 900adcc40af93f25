package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

/**
 * The vectors of one product.
 *
 * @param plain the vectors one after the other, each of {@code in} values
 * @param paired whether {@code ordered} is in the order of {@link Pairs}
 * @param ordered their leading {@code whole} values in the order of the weights' format, each vector
 *     {@code stride} after the one before: a register more than its values, since vectors that begin
 *     a power of two apart contend for the same places of the caches
 * @param whole a multiple of {@link Pairs#GROUP}; the columns that remain are computed one by one
 */
record Vectors(
        float[] plain, int count, int in, boolean paired, float[] ordered, int stride, int whole) {

    /** The vectors, yet to be {@link #arrange arranged}. */
    static Vectors of(CpuRows x, int in, boolean paired, Pairs pairs) {
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        if (!paired && x.count() == 1) {
            return new Vectors(x.data(), 1, in, false, x.data(), in, whole);
        }
        int stride = whole + LANES;
        float[] ordered = pairs.array(x.count() * stride);
        return new Vectors(x.data(), x.count(), in, paired, ordered, stride, whole);
    }

    /** Brings some vectors into order. */
    void arrange(int from, int to) {
        if (!paired && count == 1) {
            return;
        }
        for (int vector = from; vector < to; vector++) {
            if (paired) {
                Pairs.split(plain, vector * in, whole, ordered, start(vector));
            } else {
                System.arraycopy(plain, vector * in, ordered, start(vector), whole);
            }
        }
    }

    /** Where a vector begins in {@link #ordered}. */
    int start(int vector) {
        return vector * stride;
    }
}
