package io.consort.runtime.backend.cpu;

/**
 * The vectors of one product.
 *
 * @param plain the vectors one after the other, each of {@code in} values
 * @param ordered their leading {@code whole} values in the order of the weights' format, each vector
 *     {@code stride} after the one before
 * @param whole a multiple of {@link Pairs#GROUP}; the columns that remain are computed one by one
 */
record Vectors(float[] plain, int count, int in, float[] ordered, int stride, int whole) {

    static Vectors of(CpuRows x, int in, boolean paired, Pairs pairs) {
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        if (paired) {
            float[] ordered = pairs.split(x.data(), x.count(), in, whole);
            return new Vectors(x.data(), x.count(), in, ordered, whole, whole);
        }
        return new Vectors(x.data(), x.count(), in, x.data(), in, whole);
    }

    /** Where a vector begins in {@link #ordered}. */
    int start(int vector) {
        return vector * stride;
    }
}
