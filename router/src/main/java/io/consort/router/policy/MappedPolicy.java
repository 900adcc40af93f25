package io.consort.router.policy;

import static io.consort.router.policy.Words.decimal;
import static io.consort.router.policy.Words.percent;

import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import io.consort.router.classify.Grown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a query to the experts of its category (Composition of Experts, 2024).
 *
 * @param map category to experts, the best first
 * @param version identifies the classifier as well
 */
public record MappedPolicy(
        PolicySettings.Mapped settings, Map<String, List<String>> map, String version)
        implements Policy {

    public MappedPolicy {
        map = Map.copyOf(map);
    }

    /**
     * The policy for a catalog.
     *
     * @param grown what the classifier learned from besides the catalog's examples
     * @param embedder whose embeddings the classifier was trained on
     */
    static MappedPolicy of(
            PolicySettings.Mapped settings, Catalog catalog, List<Grown> grown, String embedder) {
        List<String> parts = new ArrayList<>(List.of(settings.toString(), embedder));
        catalog.categories().stream()
                .sorted((one, other) -> one.id().compareTo(other.id()))
                .forEach(category -> {
                    parts.add(category.id());
                    parts.add(catalog.map().getOrDefault(category.id(), List.of()).toString());
                    category.examples().stream().sorted().forEach(parts::add);
                });
        catalog.otherExamples().stream().sorted().forEach(parts::add);
        grown.forEach(one -> {
            parts.add(one.category());
            parts.add(one.text());
        });
        return new MappedPolicy(settings, catalog.map(), Fingerprint.of(parts));
    }

    @Override
    public Tier tier() {
        return Tier.CATEGORY;
    }

    @Override
    public List<String> artefacts() {
        return List.of("a classifier trained on the categories' examples", "the category map");
    }

    @Override
    public Decision decide(Facts facts, double random) {
        Classification classification = facts.classification();
        List<String> reasons = new ArrayList<>();
        Optional<Ranked> top = classification.top();
        if (top.isEmpty() || abstains(classification, top.get(), reasons)) {
            if (top.isEmpty()) {
                reasons.add(sentence(Doubt.NOTHING_TO_GO_BY, classification));
            }
            reasons.add(fallbackSentence("It belongs to no category, so"));
            return abstained(classification.none(), reasons);
        }
        Ranked best = top.get();
        reasons.add(
                "The query is %s with probability %s."
                        .formatted(best.category(), percent(best.probability())));
        Exploration ranked = ranked(best.category(), facts.residency(), random, reasons);
        return new Decision(
                id(),
                version,
                Optional.of(best.category()),
                best.probability(),
                false,
                ranked.experts(),
                ranked.propensity(),
                reasons,
                Optional.empty());
    }

    @Override
    public Optional<Decision> undecided() {
        return settings.fallback()
                .map(_ ->
                        abstained(
                                1,
                                List.of(
                                        fallbackSentence(
                                                "The query cannot be classified just now, so"))));
    }

    private Decision abstained(double none, List<String> reasons) {
        return new Decision(
                id(),
                version,
                Optional.empty(),
                none,
                true,
                settings.fallback().stream().toList(),
                1,
                reasons,
                Optional.empty());
    }

    private boolean abstains(Classification classification, Ranked best, List<String> reasons) {
        for (Doubt doubt : Doubt.values()) {
            if (classification.doubts().contains(doubt)) {
                reasons.add(sentence(doubt, classification));
            }
        }
        if (best.probability() < settings.abstainBelow()) {
            reasons.add(
                    "The likeliest category, %s, has a probability of %s, below the policy's %s."
                            .formatted(
                                    best.category(),
                                    percent(best.probability()),
                                    percent(settings.abstainBelow())));
        }
        return !reasons.isEmpty();
    }

    private Exploration ranked(
            String category, Residency residency, double random, List<String> reasons) {
        List<String> mapped = map.getOrDefault(category, List.of());
        if (mapped.isEmpty()) {
            reasons.add(fallbackSentence("No expert is mapped to it, so"));
        } else {
            reasons.add(
                    "For this category the map ranks %s."
                            .formatted(String.join(", then ", mapped)));
        }
        Exploration chosen =
                Exploration.of(near(mapped, residency, reasons), settings.explore(), random);
        chosen.explain(reasons);
        Set<String> experts = new LinkedHashSet<>(chosen.experts());
        settings.fallback().ifPresent(experts::add);
        return new Exploration(List.copyOf(experts), chosen.propensity(), chosen.explored());
    }

    private List<String> near(List<String> mapped, Residency residency, List<String> reasons) {
        if (settings.loadWithin().isEmpty()) {
            return mapped;
        }
        Duration within = settings.loadWithin().get();
        List<String> near = residency.nearestFirst(mapped, within);
        if (!near.equals(mapped)) {
            reasons.add(
                    "The weights of %s take longer than the policy's %s to reach the device, so it is asked later."
                            .formatted(
                                    String.join(" and ", residency.far(mapped, within)),
                                    Words.seconds(within.toNanos() / 1e9)));
        }
        return near;
    }

    private String fallbackSentence(String because) {
        return settings.fallback()
                .map(fallback -> "%s it goes to the fall-back %s.".formatted(because, fallback))
                .orElseGet(() ->
                        "%s nobody here can answer it: the policy %s has no fall-back."
                                .formatted(because, id()));
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
}
