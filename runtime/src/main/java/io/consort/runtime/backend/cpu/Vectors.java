package io.consort.runtime.backend.cpu;

import static io.consort.runtime.backend.cpu.Floats.LANES;

import io.consort.runtime.backend.cpu.Interleaved.Digits;
import java.util.Optional;

/**
 * The vectors of one product.
 *
 * @param plain the vectors one after the other, each of {@code in} values
 * @param ordered their leading {@code whole} values in the order that the weights ask for, each vector
 *     {@code stride} after the one before: a register more than its values, since vectors that begin
 *     a power of two apart contend for the same places of the caches. Scaled ones have places
 *     of their own.
 * @param whole a multiple of {@link Pairs#GROUP}; the columns that remain are computed one by one
 */
record Vectors(
        float[] plain, int count, int in, Order order, float[] ordered, int stride, int whole) {

    /** What is done to vectors before they are multiplied. */
    enum Order {
        /** Nothing. */
        PLAIN(Optional.empty()),
        /** They are taken apart, see {@link Pairs}. */
        PAIRED(Optional.empty()),
        /** They are made fit for interleaved rows of Q4_0, see {@link ScaledValues}. */
        SCALED_FOR_FOUR_BITS(Optional.of(Digits.FOUR_BITS)),
        /** The same for those of Q8_0. */
        SCALED_FOR_EIGHT_BITS(Optional.of(Digits.EIGHT_BITS));

        private final Optional<Digits> digits;

        Order(Optional<Digits> digits) {
            this.digits = digits;
        }

        static Order scaledFor(Digits digits) {
            return switch (digits) {
                case FOUR_BITS -> SCALED_FOR_FOUR_BITS;
                case EIGHT_BITS -> SCALED_FOR_EIGHT_BITS;
            };
        }
    }

    /** The vectors, yet to be {@link #arrange arranged}. */
    static Vectors of(CpuRows x, int in, Order order, Pairs pairs) {
        int whole = in / Pairs.GROUP * Pairs.GROUP;
        if (order == Order.PLAIN && x.count() == 1) {
            return new Vectors(x.data(), 1, in, order, x.data(), in, whole);
        }
        if (order.digits.isPresent()) {
            float[] scaled = pairs.array(ScaledValues.size(x.count(), in));
            return new Vectors(x.data(), x.count(), in, order, scaled, 0, whole);
        }
        int stride = whole + LANES;
        float[] ordered = pairs.array(x.count() * stride);
        return new Vectors(x.data(), x.count(), in, order, ordered, stride, whole);
    }

    /** Brings some vectors into order. */
    void arrange(int from, int to) {
        if (order == Order.PLAIN && count == 1) {
            return;
        }
        for (int vector = from; vector < to; vector++) {
            int at = vector * in;
            switch (order) {
                case PLAIN -> System.arraycopy(plain, at, ordered, start(vector), whole);
                case PAIRED -> Pairs.split(plain, at, whole, ordered, start(vector));
                case SCALED_FOR_FOUR_BITS, SCALED_FOR_EIGHT_BITS ->
                        ScaledValues.scale(
                                order.digits.orElseThrow(), plain, at, in, ordered, vector, count);
            }
        }
    }

    /** Where a vector begins in {@link #ordered}. */
    int start(int vector) {
        return vector * stride;
    }
}
