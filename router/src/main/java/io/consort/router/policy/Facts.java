package io.consort.router.policy;

import io.consort.router.classify.Classification;
import io.consort.router.signal.Signals;
import java.util.Optional;

/**
 * What a policy may know of a query, as much as its tier says, and of the moment.
 *
 * @param signals empty below tier {@link Tier#MEANING}, and where the query has no text
 * @param classification unknown where the tier is not {@link Tier#CATEGORY}
 * @param residency where weights are
 */
public record Facts(Optional<Signals> signals, Classification classification, Residency residency) {

    /** Nothing is known. */
    public static final Facts NONE =
            new Facts(Optional.empty(), Classification.UNKNOWN, Residency.NONE);

    /** The category is known. */
    public static Facts of(Classification classification) {
        return new Facts(Optional.empty(), classification, Residency.NONE);
    }

    /** The meaning is known. */
    public static Facts of(Signals signals) {
        return new Facts(Optional.of(signals), Classification.UNKNOWN, Residency.NONE);
    }

    /** The same, known while weights are there. */
    public Facts at(Residency moment) {
        return new Facts(signals, classification, moment);
    }
}
