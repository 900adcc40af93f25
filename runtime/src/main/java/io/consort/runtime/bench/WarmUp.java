package io.consort.runtime.bench;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Measures a figure in vain until it is steady.
 *
 * @param longest nanoseconds after which no further measurement is begun
 * @param clock in nanoseconds
 */
record WarmUp(long longest, LongSupplier clock) {

    private static final double STEADY = 0.03;

    /** Returns once a figure is within 3 % of the one before, or NaN, or the time is over. */
    void untilSteady(DoubleSupplier figure) {
        long end = clock.getAsLong() + longest;
        double before = figure.getAsDouble();
        while (!Double.isNaN(before) && clock.getAsLong() - end < 0) {
            double now = figure.getAsDouble();
            if (Math.abs(now - before) <= STEADY * before) {
                return;
            }
            before = now;
        }
    }
}
