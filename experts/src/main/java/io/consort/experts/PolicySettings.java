package io.consort.experts;

import java.util.Optional;

/** How a routing policy is set up; the router knows how each kind decides. */
public sealed interface PolicySettings {

    /** The policy that serves {@code auto}. */
    String DEFAULT_ID = "default";

    /** Unique in its catalog. */
    String id();

    /** Every query goes to one expert. */
    record Pinned(String id, String expert) implements PolicySettings {
        public Pinned {
            Identifier.check("policies.id", id);
        }
    }

    /**
     * The category's ranked experts answer, as in Composition of Experts.
     *
     * @param fallback the expert for queries of no category, and the last resort of all others;
     *     without one, a query of no category is answered with what the experts can do
     * @param abstainBelow the probability under which a classification counts as none, in [0, 1]
     */
    record Mapped(String id, Optional<String> fallback, double abstainBelow)
            implements PolicySettings {
        public Mapped {
            Identifier.check("policies.id", id);
            if (!(abstainBelow >= 0 && abstainBelow <= 1)) {
                throw new IllegalArgumentException(
                        "`policies.mapped.abstain-below` must be between 0 and 1, not "
                                + abstainBelow);
            }
        }
    }
}
