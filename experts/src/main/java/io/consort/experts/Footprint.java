package io.consort.experts;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an expert takes besides money, where its catalog says so.
 *
 * @param activeParameters weights that work on a token, where these are not all
 * @param latency until a usual answer is complete
 * @param deviceBytes on the device while it is loaded
 */
public record Footprint(
        OptionalLong activeParameters, Optional<Duration> latency, OptionalLong deviceBytes) {

    /** Nothing is known. */
    public static final Footprint UNKNOWN =
            new Footprint(OptionalLong.empty(), Optional.empty(), OptionalLong.empty());
}
