package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

/**
 * The vectors of one product.
 *
 * @param plain the vectors one after the other, each of {@code in} values
 * @param ordered their leading {@code whole} values in the order of the weights' format, each vector
 *     {@code stride} after the one before: a register more than its values, since vectors that begin
 *     a power of two apart contend for the same places of the caches
 * @param whole a multiple of {@link Pairs#GROUP}; the columns that remain are computed one by one
 */
record Vectors(float[] plain, int count, int in, float[] ordered, int stride, int whole) {

    static Vectors of(CpuRows x, int in, boolean paired, Pairs pairs) {
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        if (!paired && x.count() == 1) {
            return new Vectors(x.data(), 1, in, x.data(), in, whole);
        }
        int stride = whole + LANES;
        float[] ordered = pairs.array(x.count() * stride);
        for (int vector = 0; vector < x.count(); vector++) {
            if (paired) {
                Pairs.split(x.data(), vector * in, whole, ordered, vector * stride);
            } else {
                System.arraycopy(x.data(), vector * in, ordered, vector * stride, whole);
            }
        }
        return new Vectors(x.data(), x.count(), in, ordered, stride, whole);
    }

    /** Where a vector begins in {@link #ordered}. */
    int start(int vector) {
        return vector * stride;
    }
}
