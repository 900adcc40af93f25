package io.consort.experts.remote;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long a server asks to be left alone, in the ways that servers say it. */
final class RetryAfter {

    private static final double LONGEST_SECONDS = 1e6;

    private RetryAfter() {}

    /** Reads {@code retry-after-ms}, else {@code retry-after} as seconds or an HTTP date; empty where neither makes sense. */
    static Optional<Duration> of(MultiMap headers, InstantSource clock) {
        Optional<Duration> millis = number(headers.get("retry-after-ms"), 1e-3);
        if (millis.isPresent()) {
            return millis;
        }
        @Nullable String value = headers.get("retry-after");
        Optional<Duration> seconds = number(value, 1);
        return seconds.isPresent() || value == null ? seconds : date(value, clock);
    }

    private static Optional<Duration> number(@Nullable String value, double unit) {
        if (value == null || value.isEmpty() || !isNumber(value)) {
            return Optional.empty();
        }
        double seconds = Math.min(Double.parseDouble(value) * unit, LONGEST_SECONDS);
        return Optional.of(Duration.ofNanos((long) (seconds * 1e9)));
    }

    private static boolean isNumber(String value) {
        int dots = 0;
        for (int i = 0; i < value.length(); i++) {
            char here = value.charAt(i);
            if (here == '.') {
                dots++;
            } else if (here < '0' || here > '9') {
                return false;
            }
        }
        return dots <= 1 && value.length() > dots;
    }

    private static Optional<Duration> date(String value, InstantSource clock) {
        try {
            Instant until =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(clock.instant(), until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
