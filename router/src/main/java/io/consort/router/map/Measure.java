package io.consort.router.map;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a map uses, and what a budget can limit. */
public enum Measure {
    /** Parameters of all experts that the map names, added up. */
    HOSTED_PARAMETERS(true, "parameters"),
    /** Parameters that work on a token, the mean over the traffic. */
    ACTIVE_PARAMETERS(false, "parameters"),
    /** USD per thousand requests, the mean over the traffic. */
    USD_PER_THOUSAND_REQUESTS(false, "USD"),
    /** Milliseconds until an answer is complete, the mean over the traffic. */
    LATENCY(false, "ms"),
    /** Bytes on the device of all experts that the map names, added up. */
    DEVICE_BYTES(true, "bytes");

    private final boolean hosted;
    private final String unit;

    Measure(boolean hosted, String unit) {
        this.hosted = hosted;
        this.unit = unit;
    }

    /** Whether each expert counts once, however often the map names it, rather than by its traffic. */
    public boolean hosted() {
        return hosted;
    }

    /** The unit of its figures, in words. */
    public String unit() {
        return unit;
    }

    /** The name in catalogs and options, such as {@code hosted-parameters}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The measure with this name.
     *
     * @throws IllegalArgumentException when there is none; the message lists them
     */
    public static Measure named(String label) {
        return Arrays.stream(values())
                .filter(measure -> measure.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no budget '%s'; choose from %s"
                                        .formatted(
                                                label,
                                                Arrays.stream(values())
                                                        .map(Measure::label)
                                                        .collect(Collectors.joining(", ")))));
    }

    /** A figure with its unit, as people write it. */
    String text(double value) {
        if (unit.equals("USD") || unit.equals("ms")) {
            return String.format(Locale.ROOT, "%.4g %s", value, unit);
        }
        if (value >= 1e9) {
            return String.format(Locale.ROOT, "%.2f billion %s", value / 1e9, unit);
        }
        return String.format(Locale.ROOT, "%.2f million %s", value / 1e6, unit);
    }
}
