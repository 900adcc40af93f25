package io.consort.service.api;

import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Measure;
import io.consort.service.limit.Standing;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.math.BigDecimal;
import java.time.Duration;

/** Says as OpenAI's clients expect it how far limits are used up. */
public final class RateLimits {

    private static final CharSequence LIMIT_REQUESTS =
            HttpHeaders.createOptimized("x-ratelimit-limit-requests");
    private static final CharSequence REMAINING_REQUESTS =
            HttpHeaders.createOptimized("x-ratelimit-remaining-requests");
    private static final CharSequence RESET_REQUESTS =
            HttpHeaders.createOptimized("x-ratelimit-reset-requests");
    private static final CharSequence LIMIT_TOKENS =
            HttpHeaders.createOptimized("x-ratelimit-limit-tokens");
    private static final CharSequence REMAINING_TOKENS =
            HttpHeaders.createOptimized("x-ratelimit-remaining-tokens");
    private static final CharSequence RESET_TOKENS =
            HttpHeaders.createOptimized("x-ratelimit-reset-tokens");

    private static final int NANO = 9;

    private RateLimits() {}

    /** Puts what is limited per minute into the head of a response. */
    public static void put(Standing standing, HttpServerResponse response) {
        if (standing.requests().isPresent()) {
            Standing.Rate rate = standing.requests().get();
            response.putHeader(LIMIT_REQUESTS, Long.toString(rate.limit()))
                    .putHeader(REMAINING_REQUESTS, Long.toString(rate.remaining()))
                    .putHeader(RESET_REQUESTS, reset(rate.resetMillis()));
        }
        if (standing.tokens().isPresent()) {
            Standing.Rate rate = standing.tokens().get();
            response.putHeader(LIMIT_TOKENS, Long.toString(rate.limit()))
                    .putHeader(REMAINING_TOKENS, Long.toString(rate.remaining()))
                    .putHeader(RESET_TOKENS, reset(rate.resetMillis()));
        }
    }

    /**
     * The error for a limit that is used up.
     *
     * @param key the name of the caller's key
     */
    public static ApiError error(Exceeded exceeded, String key) {
        boolean money = exceeded.measure() == Measure.DAY || exceeded.measure() == Measure.MONTH;
        return ApiError.of(
                        429,
                        "rate_limit_error",
                        money ? "insufficient_quota" : "rate_limit_exceeded",
                        message(exceeded, key))
                .retryAfter(Duration.ofMillis(exceeded.retryMillis()));
    }

    /** What limit it is, in words. */
    public static String message(Exceeded exceeded, String key) {
        String who =
                switch (exceeded.holder()) {
                    case KEY -> "The API key \"%s\"".formatted(key);
                    case TENANT -> "The tenant \"%s\"".formatted(exceeded.name());
                    case EXPERT -> "The expert `%s`".formatted(exceeded.name());
                };
        long limit = exceeded.limit();
        return switch (exceeded.measure()) {
            case REQUESTS ->
                    "%s is limited to %d requests per minute; try again in %s."
                            .formatted(who, limit, wait(exceeded));
            case TOKENS ->
                    "%s is limited to %d tokens per minute, and this request may need more than are left; try again in %s."
                            .formatted(who, limit, wait(exceeded));
            case CONCURRENT ->
                    "%s is limited to %d answers at once; try again when one has ended."
                            .formatted(who, limit);
            case DAY ->
                    "%s is limited to %s USD per day, and this request may cost more than is left; the next day begins at 00:00 UTC."
                            .formatted(who, usd(limit));
            case MONTH ->
                    "%s is limited to %s USD per month, and this request may cost more than is left; the next month begins at 00:00 UTC."
                            .formatted(who, usd(limit));
        };
    }

    private static String wait(Exceeded exceeded) {
        return reset(exceeded.retryMillis());
    }

    private static String usd(long nano) {
        return BigDecimal.valueOf(nano, NANO).stripTrailingZeros().toPlainString();
    }

    /** A duration as OpenAI writes it: {@code 120ms}, {@code 7s}, {@code 1m30s}. */
    static String reset(long millis) {
        if (millis < 1_000) {
            return millis + "ms";
        }
        long seconds = Math.ceilDiv(millis, 1_000);
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }
}
