package io.consort.experts;

import java.time.Duration;
import java.util.Optional;

/**
 * How an expert is protected from itself and callers from it.
 *
 * @param timeout for a whole answer
 * @param firstToken from the call to the answer's first event, for each attempt
 * @param betweenTokens the longest silence inside a stream
 * @param retries further attempts after the first, on connect errors, 429 and 5xx
 * @param breaker when calls are refused without trying
 * @param concurrency calls in flight at most; further ones are refused at once
 * @param hedge whether an expert that is slower than its own 95th percentile is asked a second time
 *     at once; the first of both to answer does
 * @param probe how long an expert that nobody asks is left alone before it is asked something small
 *     to see whether it answers; absent, it never is
 */
public record GuardSettings(
        Duration timeout,
        Duration firstToken,
        Duration betweenTokens,
        int retries,
        Breaker breaker,
        int concurrency,
        boolean hedge,
        Optional<Duration> probe) {

    private static final Duration SHORTEST_PROBE = Duration.ofSeconds(1);

    /** Settings that neither hedge nor probe. */
    public GuardSettings(
            Duration timeout,
            Duration firstToken,
            Duration betweenTokens,
            int retries,
            Breaker breaker,
            int concurrency) {
        this(
                timeout,
                firstToken,
                betweenTokens,
                retries,
                breaker,
                concurrency,
                false,
                Optional.empty());
    }

    /**
     * A circuit breaker.
     *
     * @param failures share of failed calls in the window that opens it, in (0, 1]
     * @param window calls looked back at
     * @param delay how long it stays open before one call is let through
     */
    public record Breaker(double failures, int window, Duration delay) {
        public Breaker {
            require(
                    failures > 0 && failures <= 1,
                    "guard.breaker.failures",
                    "above 0 and at most 1");
            require(window >= 1, "guard.breaker.window", "at least 1");
            require(delay.isPositive(), "guard.breaker.delay", "a positive duration such as 10s");
        }
    }

    /** Patient enough for large models, and quick to leave a dead server. */
    public static final GuardSettings DEFAULT =
            new GuardSettings(
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(30),
                    2,
                    new Breaker(0.5, 20, Duration.ofSeconds(10)),
                    256);

    public GuardSettings {
        require(timeout.isPositive(), "guard.timeout", "a positive duration such as 30s");
        require(firstToken.isPositive(), "guard.first-token", "a positive duration such as 5s");
        require(
                betweenTokens.isPositive(),
                "guard.between-tokens",
                "a positive duration such as 5s");
        require(retries >= 0 && retries <= 10, "guard.retries", "0 to 10");
        require(concurrency >= 1, "guard.concurrency", "at least 1");
        require(
                probe.map(every -> every.compareTo(SHORTEST_PROBE) >= 0).orElse(true),
                "guard.probe",
                "1s or more, such as 30s");
    }

    private static void require(boolean condition, String field, String remedy) {
        if (!condition) {
            throw new IllegalArgumentException("`%s` must be %s".formatted(field, remedy));
        }
    }
}
