package io.consort.router.policy;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/**
 * A policy of a catalog together with the artefacts that it needs. Immutable and thread-safe; the
 * same facts and the same random number give the same decision.
 */
public sealed interface Policy permits FixedPolicy, MappedPolicy, LearnedPolicy, DescriptorPolicy {

    /** How it is set up. */
    PolicySettings settings();

    /** What it looks at. */
    Tier tier();

    /** What it was made from besides settings and catalog, each in a few words. */
    List<String> artefacts();

    /** Identifies settings, catalog and artefacts: equal versions decide equally. */
    String version();

    /**
     * Who answers.
     *
     * @param random in [0, 1), for policies that explore
     */
    Decision decide(Facts facts, double random);

    /**
     * Who answers a query that cannot be looked at just now.
     *
     * @return empty where the policy has nowhere to send it
     */
    Optional<Decision> undecided();

    /** The id in its catalog. */
    default String id() {
        return settings().id();
    }
}
