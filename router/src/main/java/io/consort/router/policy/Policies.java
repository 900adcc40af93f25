package io.consort.router.policy;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes decisions. Pure: the same settings, catalog and classification give the same decision. */
public final class Policies {

    private Policies() {}

    /** The decision of a pinned policy, which asks nothing about the query. */
    public static Decision pinned(PolicySettings.Pinned policy) {
        return new Decision(
                policy.id(),
                Optional.empty(),
                1,
                false,
                List.of(policy.expert()),
                1,
                List.of(
                        "The policy %s sends every query to %s."
                                .formatted(policy.id(), policy.expert())));
    }

    /** The decision of a mapped policy of this catalog about a query that was classified so. */
    public static Decision mapped(
            PolicySettings.Mapped policy, Catalog catalog, Classification classification) {
        List<String> reasons = new ArrayList<>();
        Optional<Ranked> top = classification.top();
        if (top.isEmpty() || abstains(policy, classification, top.get(), reasons)) {
            if (top.isEmpty()) {
                reasons.add(sentence(Doubt.NOTHING_TO_GO_BY, classification));
            }
            reasons.add(fallbackSentence(policy, "It belongs to no category, so"));
            return new Decision(
                    policy.id(),
                    Optional.empty(),
                    classification.none(),
                    true,
                    policy.fallback().stream().toList(),
                    1,
                    reasons);
        }
        Ranked best = top.get();
        reasons.add(
                "The query is %s with probability %s."
                        .formatted(best.category(), percent(best.probability())));
        return new Decision(
                policy.id(),
                Optional.of(best.category()),
                best.probability(),
                false,
                ranked(policy, catalog, best.category(), reasons),
                1,
                reasons);
    }

    /** The decision of a mapped policy with a fall-back about a query that cannot be classified now. */
    public static Decision unclassified(PolicySettings.Mapped policy) {
        return new Decision(
                policy.id(),
                Optional.empty(),
                1,
                true,
                policy.fallback().stream().toList(),
                1,
                List.of(fallbackSentence(policy, "The query cannot be classified just now, so")));
    }

    private static boolean abstains(
            PolicySettings.Mapped policy,
            Classification classification,
            Ranked best,
            List<String> reasons) {
        for (Doubt doubt : Doubt.values()) {
            if (classification.doubts().contains(doubt)) {
                reasons.add(sentence(doubt, classification));
            }
        }
        if (best.probability() < policy.abstainBelow()) {
            reasons.add(
                    "The likeliest category, %s, has a probability of %s, below the policy's %s."
                            .formatted(
                                    best.category(),
                                    percent(best.probability()),
                                    percent(policy.abstainBelow())));
        }
        return !reasons.isEmpty();
    }

    private static List<String> ranked(
            PolicySettings.Mapped policy, Catalog catalog, String category, List<String> reasons) {
        Set<String> experts = new LinkedHashSet<>(catalog.map().getOrDefault(category, List.of()));
        if (experts.isEmpty()) {
            reasons.add(fallbackSentence(policy, "No expert is mapped to it, so"));
        } else {
            reasons.add(
                    "For this category the map ranks %s."
                            .formatted(String.join(", then ", experts)));
        }
        policy.fallback().ifPresent(experts::add);
        return List.copyOf(experts);
    }

    private static String fallbackSentence(PolicySettings.Mapped policy, String because) {
        return policy.fallback()
                .map(fallback -> "%s it goes to the fall-back %s.".formatted(because, fallback))
                .orElseGet(() ->
                        "%s nobody here can answer it: the policy %s has no fall-back."
                                .formatted(because, policy.id()));
    }

    private static String sentence(Doubt doubt, Classification classification) {
        return switch (doubt) {
            case NOTHING_TO_GO_BY ->
                    "There is nothing to classify by: the query has no text, or no category has"
                            + " examples.";
            case BELONGS_TO_NONE ->
                    "The query belongs to no category with probability %s."
                            .formatted(percent(classification.none()));
            case UNDECIDED ->
                    "Several categories are about equally likely (entropy %s nats)."
                            .formatted(decimal(classification.entropy()));
            case UNLIKE_EXAMPLES ->
                    "The query is unlike every example (cosine distance %s to the nearest)."
                            .formatted(decimal(classification.distance()));
        };
    }

    private static String percent(double probability) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
