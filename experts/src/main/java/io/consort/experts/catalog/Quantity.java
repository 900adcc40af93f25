package io.consort.experts.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units. */
final class Quantity {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)([KMBT]?)");

    private static final Pattern BYTES =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(B|KiB|MiB|GiB|TiB)?");

    private Quantity() {}

    /** A duration such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    /** A positive count such as {@code 3.1M}, {@code 7B} or {@code 124000000}. */
    static OptionalLong count(String text) {
        Matcher matcher = COUNT.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        double unit =
                switch (matcher.group(2)) {
                    case "K" -> 1e3;
                    case "M" -> 1e6;
                    case "B" -> 1e9;
                    case "T" -> 1e12;
                    default -> 1;
                };
        double value = Double.parseDouble(matcher.group(1)) * unit;
        return value >= 1 && value <= 1e15
                ? OptionalLong.of(Math.round(value))
                : OptionalLong.empty();
    }

    /** A size such as {@code 20GiB}, {@code 500MiB} or {@code 1000000}. */
    static OptionalLong bytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2);
        int power = List.of("B", "KiB", "MiB", "GiB", "TiB").indexOf(unit);
        double value = Double.parseDouble(matcher.group(1)) * Math.pow(1024, power);
        return value >= 1 && value <= 1e18
                ? OptionalLong.of(Math.round(value))
                : OptionalLong.empty();
    }
}
