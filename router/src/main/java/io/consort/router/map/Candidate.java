package io.consort.router.map;

import java.util.Map;

/**
 * An expert that a map may name.
 *
 * @param expert its id
 * @param uses what it uses per measure, in the measure's unit; absent where that is not known. An
 *     expert is left out of maps under a budget on a measure that is not known of it
 */
public record Candidate(String expert, Map<Measure, Double> uses) {

    public Candidate {
        uses.forEach((measure, use) -> {
            if (!(use >= 0) || use.isInfinite()) {
                throw new IllegalArgumentException(
                        "the %s of expert '%s' must be 0 or more %s, not %s"
                                .formatted(measure.label(), expert, measure.unit(), use));
            }
        });
        uses = Map.copyOf(uses);
    }
}
