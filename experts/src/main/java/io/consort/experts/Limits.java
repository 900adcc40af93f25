package io.consort.experts;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What somebody may take at most; what is empty is not limited.
 *
 * @param requestsPerMinute in any 60 seconds
 * @param tokensPerMinute read and written, in any 60 seconds
 * @param concurrent answers that are being given at once
 * @param usdPerDay in a day of UTC; 0 leaves only what costs nothing
 * @param usdPerMonth in a month of UTC
 */
public record Limits(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong concurrent,
        OptionalDouble usdPerDay,
        OptionalDouble usdPerMonth) {

    private static final double MOST_USD = 1e9;

    /** Nothing is limited. */
    public static final Limits NONE =
            new Limits(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty());

    public Limits {
        positive("requests-per-minute", requestsPerMinute);
        positive("tokens-per-minute", tokensPerMinute);
        positive("concurrent", concurrent);
        money("usd-per-day", usdPerDay);
        money("usd-per-month", usdPerMonth);
    }

    private static void positive(String field, OptionalLong limit) {
        if (limit.isPresent() && limit.getAsLong() < 1) {
            throw new IllegalArgumentException(
                    "`limits.%s` must be at least 1, not %d; leave it out for no limit"
                            .formatted(field, limit.getAsLong()));
        }
    }

    private static void money(String field, OptionalDouble limit) {
        if (limit.isPresent() && !(limit.getAsDouble() >= 0 && limit.getAsDouble() <= MOST_USD)) {
            throw new IllegalArgumentException(
                    "`limits.%s` must be 0 to 1000000000 USD, not %s; leave it out for no limit"
                            .formatted(field, limit.getAsDouble()));
        }
    }
}
