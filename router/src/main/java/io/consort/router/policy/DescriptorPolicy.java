package io.consort.router.policy;

import static io.consort.router.policy.Words.decimal;

import io.consort.experts.PolicySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Asks the expert whose description means most nearly what the query means (GLIDER's global router,
 * 2024). A close match is pinned; where none is close, the fall-back comes first.
 */
public record DescriptorPolicy(
        PolicySettings.Descriptor settings, Descriptors descriptors, String version)
        implements Policy {

    private static final int NAMED = 3;

    private record Match(String expert, double cosine) {}

    @Override
    public Tier tier() {
        return Tier.MEANING;
    }

    @Override
    public List<String> artefacts() {
        return descriptors.experts().stream()
                .map(described -> "%s: \"%s\"".formatted(described.expert(), described.sentence()))
                .toList();
    }

    @Override
    public Decision decide(Facts facts, double random) {
        if (facts.signals().isEmpty()) {
            return elsewhere(List.of(), "The query has no text, so");
        }
        List<Match> matches = matches(facts.signals().get().embedding());
        List<String> ranked = matches.stream().map(Match::expert).toList();
        List<String> reasons = new ArrayList<>();
        reasons.add("The descriptions are this close (cosine): " + cosines(matches) + ".");
        Match best = matches.getFirst();
        if (!descriptors.rule().pins(best.cosine()) && settings.fallback().isPresent()) {
            return elsewhere(
                    ranked,
                    reasons.getFirst()
                            + " None reaches %s, so"
                                    .formatted(decimal(descriptors.rule().least())));
        }
        Exploration chosen = Exploration.of(ranked, settings.explore(), random);
        chosen.explain(reasons);
        Set<String> experts = new LinkedHashSet<>(chosen.experts());
        settings.fallback().ifPresent(experts::add);
        return Decision.uncategorised(this, List.copyOf(experts), chosen.propensity(), reasons);
    }

    @Override
    public Optional<Decision> undecided() {
        return settings.fallback()
                .map(_ -> elsewhere(List.of(), "The query cannot be looked at just now, so"));
    }

    private List<Match> matches(float[] embedding) {
        double[] cosines = descriptors.cosines(embedding);
        return IntStream.range(0, cosines.length)
                .mapToObj(i -> new Match(descriptors.experts().get(i).expert(), cosines[i]))
                .sorted(Comparator.comparingDouble(Match::cosine).reversed())
                .toList();
    }

    private static String cosines(List<Match> matches) {
        return String.join(
                ", ",
                matches.stream()
                        .limit(NAMED)
                        .map(match -> match.expert() + " " + decimal(match.cosine()))
                        .toList());
    }

    private Decision elsewhere(List<String> ranked, String because) {
        Set<String> experts = new LinkedHashSet<>(settings.fallback().stream().toList());
        experts.addAll(ranked);
        return Decision.uncategorised(
                this,
                List.copyOf(experts),
                1,
                List.of(
                        settings.fallback()
                                .map(last ->
                                        "%s it goes to the fall-back %s.".formatted(because, last))
                                .orElseGet(() ->
                                        "%s nobody here can answer it: the policy %s has no fall-back."
                                                .formatted(because, id()))));
    }
}
