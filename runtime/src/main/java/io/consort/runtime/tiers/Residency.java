package io.consort.runtime.tiers;

import java.util.Map;
import java.util.Optional;

/**
 * Where every expert is at one moment: an input of the decision which expert answers. Immutable.
 *
 * @param revision grows with every change
 * @param standings by expert
 */
public record Residency(long revision, Map<String, Standing> standings) {

    /**
     * Where an expert is.
     *
     * @param tier the fastest that holds it whole
     * @param copied whether pinned memory holds it too
     * @param moving whether it is on its way to a faster one
     * @param secondsToDevice how long it takes until it is on the device, 0 when it is there
     */
    public record Standing(Tier tier, boolean copied, boolean moving, double secondsToDevice) {}

    /** Nothing is registered. */
    public static final Residency EMPTY = new Residency(0, Map.of());

    public Residency {
        standings = Map.copyOf(standings);
    }

    /** Where an expert is, unless it is unknown. */
    public Optional<Standing> of(String expert) {
        return Optional.ofNullable(standings.get(expert));
    }
}
