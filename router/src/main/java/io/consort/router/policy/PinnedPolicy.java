package io.consort.router.policy;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/** Sends every query to one expert. */
public final class PinnedPolicy extends FixedPolicy {

    PinnedPolicy(PolicySettings.Pinned settings) {
        super(
                settings,
                Tier.BLIND,
                List.of(settings.expert()),
                List.of(
                        "The policy %s sends every query to %s."
                                .formatted(settings.id(), settings.expert())),
                Optional.empty());
    }
}
