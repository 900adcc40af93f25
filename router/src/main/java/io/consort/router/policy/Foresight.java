package io.consort.router.policy;

import java.util.Optional;

/**
 * What a decision says about the next calls: its second choice may be asked soon, by this query or by
 * one like it.
 *
 * @param expert the second choice
 * @param probability that it is asked, in (0, 1]
 */
public record Foresight(String expert, double probability) {

    /** How often an answer of a cascade is taken not to be confident. */
    private static final double ESCALATES = 0.5;

    /** However sure a decision is, the first choice may fail. */
    private static final double LEAST = 0.1;

    /** Of a decision; empty where it has no second choice. */
    public static Optional<Foresight> of(Decision decision) {
        if (decision.experts().size() < 2) {
            return Optional.empty();
        }
        double probability =
                decision.escalation().isPresent()
                        ? ESCALATES
                        : Math.max(LEAST, 1 - decision.probability());
        return Optional.of(new Foresight(decision.experts().get(1), probability));
    }
}
