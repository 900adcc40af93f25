package io.consort.runtime.bench;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Measures a figure in vain until it is steady. Code that is interpreted yet is steady too, so some
 * time passes in any case.
 *
 * @param shortest nanoseconds before which it does not end
 * @param longest nanoseconds after which no further measurement is begun
 * @param clock in nanoseconds
 */
record WarmUp(long shortest, long longest, LongSupplier clock) {

    private static final double STEADY = 0.03;

    /** Returns once a figure is within 3 % of the one before, or NaN, or the time is over. */
    void untilSteady(DoubleSupplier figure) {
        long begin = clock.getAsLong();
        double before = figure.getAsDouble();
        boolean steady = false;
        while (!Double.isNaN(before) && goesOn(clock.getAsLong() - begin, steady)) {
            double now = figure.getAsDouble();
            steady = Math.abs(now - before) <= STEADY * before;
            before = now;
        }
    }

    private boolean goesOn(long passed, boolean steady) {
        return passed < shortest || (passed < longest && !steady);
    }
}
