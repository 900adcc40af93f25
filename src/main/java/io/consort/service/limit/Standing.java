package io.consort.service.limit;

import java.util.Optional;

/**
 * How far the limits per minute that bind most are used up.
 *
 * @param requests of the key or the tenant, whichever leaves less; empty without a limit
 * @param tokens likewise
 */
public record Standing(Optional<Rate> requests, Optional<Rate> tokens) {

    /** No limit per minute. */
    public static final Standing NONE = new Standing(Optional.empty(), Optional.empty());

    /**
     * One limit.
     *
     * @param resetMillis until nothing counts against it any more
     */
    public record Rate(long limit, long remaining, long resetMillis) {

        static Optional<Rate> tighter(Optional<Rate> one, Optional<Rate> other) {
            if (one.isEmpty()) {
                return other;
            }
            return other.isEmpty() || one.get().remaining() <= other.get().remaining()
                    ? one
                    : other;
        }
    }

    static Standing tighter(Standing one, Standing other) {
        return new Standing(
                Rate.tighter(one.requests, other.requests), Rate.tighter(one.tokens, other.tokens));
    }
}
