package io.consort.router.policy;

import io.consort.experts.PolicySettings;
import java.util.List;
import java.util.Optional;

/**
 * Asks a cheap expert first, and the next one where its answer is not confident (FrugalGPT, 2023).
 * The decision says who is asked in which order; who reads the answers decides how far it goes.
 */
public final class CascadePolicy extends FixedPolicy {

    CascadePolicy(PolicySettings.Cascade settings) {
        super(
                settings,
                Tier.ANSWER,
                settings.experts(),
                reasons(settings),
                Optional.of(new Escalation(settings.samples(), settings.confidentAbove())));
    }

    private static List<String> reasons(PolicySettings.Cascade settings) {
        List<String> experts = settings.experts();
        String measure =
                settings.samples().isPresent()
                        ? "%d samples of it agree by at least"
                                .formatted(settings.samples().getAsInt())
                        : "the geometric mean of its tokens' probabilities is at least";
        return List.of(
                "The policy %s asks %s first.".formatted(settings.id(), experts.getFirst()),
                "Its answer is given when %s %s; otherwise the query goes on to %s."
                        .formatted(
                                measure,
                                Words.decimal(settings.confidentAbove()),
                                String.join(", then ", experts.subList(1, experts.size()))));
    }
}
