package io.consort.router.policy;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/** A policy that looks at nothing: it has decided before the query comes. */
abstract sealed class FixedPolicy implements Policy permits PinnedPolicy, CascadePolicy {

    private final PolicySettings settings;
    private final Tier tier;
    private final String version;
    private final Decision decision;

    FixedPolicy(
            PolicySettings settings,
            Tier tier,
            List<String> experts,
            List<String> reasons,
            Optional<Escalation> escalation) {
        this.settings = settings;
        this.tier = tier;
        version = Fingerprint.of(List.of(settings.toString()));
        decision =
                new Decision(
                        settings.id(),
                        version,
                        Optional.empty(),
                        1,
                        false,
                        experts,
                        1,
                        reasons,
                        escalation);
    }

    @Override
    public final PolicySettings settings() {
        return settings;
    }

    @Override
    public final Tier tier() {
        return tier;
    }

    @Override
    public final List<String> artefacts() {
        return List.of();
    }

    @Override
    public final String version() {
        return version;
    }

    @Override
    public final Decision decide(Facts facts, double random) {
        return decision;
    }

    @Override
    public final Optional<Decision> undecided() {
        return Optional.of(decision);
    }
}
