package io.consort.experts.guard;

/** What a circuit breaker does with calls. */
public enum Circuit {
    /** It lets all of them through. */
    CLOSED,
    /** It lets one through, to see whether the expert answers again. */
    HALF_OPEN,
    /** It refuses all of them. */
    OPEN
}
