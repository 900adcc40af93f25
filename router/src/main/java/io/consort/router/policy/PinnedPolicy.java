package io.consort.router.policy;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/** Sends every query to one expert. */
public final class PinnedPolicy implements Policy {

    private final PolicySettings.Pinned settings;
    private final String version;
    private final Decision decision;

    PinnedPolicy(PolicySettings.Pinned settings) {
        this.settings = settings;
        version = Fingerprint.of(List.of(settings.toString()));
        decision =
                new Decision(
                        settings.id(),
                        version,
                        Optional.empty(),
                        1,
                        false,
                        List.of(settings.expert()),
                        1,
                        List.of(
                                "The policy %s sends every query to %s."
                                        .formatted(settings.id(), settings.expert())),
                        Optional.empty());
    }

    @Override
    public PolicySettings.Pinned settings() {
        return settings;
    }

    @Override
    public Tier tier() {
        return Tier.BLIND;
    }

    @Override
    public List<String> artefacts() {
        return List.of();
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Decision decide(Facts facts, double random) {
        return decision;
    }

    @Override
    public Optional<Decision> undecided() {
        return Optional.of(decision);
    }
}
