package io.consort.router.policy;

import static io.consort.router.policy.Words.decimal;

import io.consort.experts.PolicySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the expert that recorded outcomes of other queries promise most of. */
public record LearnedPolicy(PolicySettings.Learned settings, Pool pool, String version)
        implements Policy {

    private static final int NAMED = 3;

    private record Standing(
            String expert, double score, double usd, double seconds, double value) {}

    @Override
    public Tier tier() {
        return Tier.MEANING;
    }

    @Override
    public List<String> artefacts() {
        return List.of("the outcome set " + settings.outcomes().folder());
    }

    @Override
    public Decision decide(Facts facts, double random) {
        return facts.signals()
                .map(signals ->
                        decide(
                                pool.expected(signals.text(), signals.embedding()),
                                because(),
                                facts.residency(),
                                settings.explore(),
                                random))
                .orElseGet(() ->
                        decide(
                                pool.overall(),
                                "The query has no text, so what counts is the mean over all recorded"
                                        + " queries",
                                facts.residency(),
                                settings.explore(),
                                random));
    }

    @Override
    public Optional<Decision> undecided() {
        return Optional.of(
                decide(
                        pool.overall(),
                        "The query cannot be looked at just now, so what counts is the mean over all"
                                + " recorded queries",
                        Residency.NONE,
                        0,
                        0));
    }

    private String because() {
        return switch (settings.method()) {
            case NEIGHBOURS -> "Judging by the most similar recorded queries";
            case CLUSTERS -> "Judging by the nearest clusters of recorded queries";
            case LINEAR -> "Judging by the query's meaning and words";
            case BLEND -> "Judging by similar queries, clusters, category, meaning and words";
        };
    }

    private Decision decide(
            double[] expected, String because, Residency residency, double explore, double random) {
        List<Standing> ranking = ranking(expected, residency);
        List<String> reasons = new ArrayList<>();
        reasons.add(because + ", the expected scores are " + scores(ranking) + ".");
        if (pool.lambda() > 0) {
            reasons.add(thrift(ranking.getFirst()));
        }
        if (ranking.stream().anyMatch(standing -> settings.loadCost() * standing.seconds() > 0)) {
            reasons.add(haste(ranking.getFirst()));
        }
        Exploration chosen =
                Exploration.of(ranking.stream().map(Standing::expert).toList(), explore, random);
        chosen.explain(reasons);
        Set<String> experts = new LinkedHashSet<>(chosen.experts());
        settings.fallback().ifPresent(experts::add);
        return Decision.uncategorised(this, List.copyOf(experts), chosen.propensity(), reasons);
    }

    /** The best value first; of equal ones the cheaper, then the first of the pool. */
    private List<Standing> ranking(double[] expected, Residency residency) {
        List<Standing> ranking = new ArrayList<>(expected.length);
        for (int i = 0; i < expected.length; i++) {
            double usd = pool.usd()[i];
            double seconds = residency.seconds(pool.experts().get(i));
            double money = pool.lambda() > 0 ? pool.lambda() * usd : 0;
            double value = expected[i] - money - settings.loadCost() * seconds;
            ranking.add(new Standing(pool.experts().get(i), expected[i], usd, seconds, value));
        }
        ranking.sort(
                Comparator.comparingDouble(Standing::value)
                        .reversed()
                        .thenComparingDouble(Standing::usd));
        return ranking;
    }

    private static String scores(List<Standing> ranking) {
        List<String> named =
                ranking.stream()
                        .limit(NAMED)
                        .map(standing -> standing.expert() + " " + decimal(standing.score()))
                        .toList();
        return String.join(", ", named) + (ranking.size() > NAMED ? ", others below" : "");
    }

    private String thrift(Standing best) {
        return ("A USD per thousand requests counts as %s of score, so %s, at %s per thousand, is"
                        + " worth most.")
                .formatted(decimal(pool.lambda()), best.expert(), Words.money(best.usd()));
    }

    private String haste(Standing best) {
        return "A second until weights are on the device counts as %s of score; those of %s take %s."
                .formatted(
                        decimal(settings.loadCost()), best.expert(), Words.seconds(best.seconds()));
    }
}
