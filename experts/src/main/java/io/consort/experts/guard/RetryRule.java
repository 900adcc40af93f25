package io.consort.experts.guard;

import io.consort.experts.chat.ExpertException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * Whether and when a failed attempt is repeated. The waits double, and each is drawn between half
 * of itself and itself, so that callers who failed together do not come back together.
 *
 * @param retries attempts after the first at most
 * @param longestWait a server that asks for more patience than this is left alone
 * @param random numbers in [0, 1)
 */
record RetryRule(int retries, Duration longestWait, DoubleSupplier random) {

    private static final long FIRST_WAIT_MILLIS = 100;

    /**
     * How long to wait before the next attempt; empty where the failure is final.
     *
     * @param made attempts made so far, from 1
     */
    Optional<Duration> waitAfter(ExpertException failure, int made) {
        if (made > retries || !repeatable(failure)) {
            return Optional.empty();
        }
        double share = 0.5 + random.getAsDouble() / 2;
        Duration own = Duration.ofMillis((long) ((FIRST_WAIT_MILLIS << (made - 1)) * share));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        Duration wait = asked.compareTo(own) > 0 ? asked : own;
        return wait.compareTo(longestWait) > 0 ? Optional.empty() : Optional.of(wait);
    }

    private static boolean repeatable(ExpertException failure) {
        return switch (failure.kind()) {
            case UNREACHABLE, OVERLOADED -> true;
            case UPSTREAM -> failure.status().map(status -> status >= 500).orElse(true);
            case TIMEOUT, CIRCUIT_OPEN, GARBLED, REJECTED, UNSUPPORTED, CANCELLED -> false;
        };
    }
}
