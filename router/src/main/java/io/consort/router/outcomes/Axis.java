package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A linear scale from values to a stretch of a picture.
 *
 * @param low the value at {@code from}
 * @param high the value at {@code to}, above {@code low}
 */
record Axis(double low, double high, double from, double to) {

    private static final int TICKS = 6;

    /** Values closer than this share of their size are one, up to rounding. */
    private static final double SAME = 1e-6;

    /** A scale whose ends are round and hold the values. */
    static Axis around(double least, double most, double from, double to) {
        double size = Math.max(Math.abs(least), Math.abs(most));
        double spread = most - least > SAME * size ? most - least : Math.max(1e-6, size / 10);
        double step = step(spread);
        double low = Math.floor((least - spread / 20) / step) * step;
        return new Axis(
                least >= 0 ? Math.max(0, low) : low,
                Math.ceil((most + spread / 20) / step) * step,
                from,
                to);
    }

    double place(double value) {
        return from + (value - low) / (high - low) * (to - from);
    }

    boolean holds(double value) {
        return value >= low && value <= high;
    }

    /** Round values along the scale. */
    List<Double> ticks() {
        double step = step(high - low);
        List<Double> ticks = new ArrayList<>();
        for (long i = Math.round(low / step); i * step <= high * (1 + 1e-9); i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A tick's value with as many digits as the steps need. */
    String text(double value) {
        int digits = (int) Math.clamp(Math.ceil(-Math.log10(step(high - low)) - 1e-9), 0, 9);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static double step(double spread) {
        double rough = spread / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
