package io.consort.service.chaos.cluster;

/**
 * A figure and what it may be.
 *
 * @param what it is
 * @param key the same for programs
 * @param unit may be empty
 */
record Measured(String what, String key, long value, long least, long most, String unit) {

    /** A figure that has to be in a range. */
    static Measured between(String what, String key, long value, long least, long most) {
        return new Measured(what, key, value, least, most, "");
    }

    /** A time in milliseconds. */
    static Measured millis(String what, String key, long value, long most) {
        return new Measured(what, key, value, 0, most, " ms");
    }

    boolean holds() {
        return least <= value && value <= most;
    }

    /** The range in words. */
    String range() {
        if (least == most) {
            return "%d%s".formatted(least, unit);
        }
        return least == 0
                ? "at most %d%s".formatted(most, unit)
                : "%d to %d%s".formatted(least, most, unit);
    }
}
