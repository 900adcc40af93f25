package io.consort.router.outcomes;

import io.consort.router.map.BestMap;
import io.consort.router.map.Budgets;
import io.consort.router.map.Candidate;
import io.consort.router.map.Demand;
import io.consort.router.map.Estimate;
import io.consort.router.map.Frontier;
import io.consort.router.map.MapProblem;
import io.consort.router.map.MapResult;
import io.consort.router.map.Measure;
import io.consort.router.map.Shrinkage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The best map that a set's train part tells of. */
final class SetMap {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double BILLION = 1e9;

    private SetMap() {}

    /**
     * The best map under budgets.
     *
     * @throws OutcomeSetException when there is none, or a limited figure is known of no model
     */
    static MapResult.Best best(OutcomeSet set, Costs costs, Budgets budgets)
            throws OutcomeSetException {
        MapProblem problem = problem(set, costs, budgets);
        for (Measure measure : Measure.values()) {
            if (budgets.limit(measure).isPresent()
                    && problem.candidates().stream()
                            .noneMatch(candidate -> candidate.uses().containsKey(measure))) {
                throw new OutcomeSetException(
                        "the budget %s cannot be kept: models.json tells it of no model; add '%s' there"
                                .formatted(measure.label(), key(measure)));
            }
        }
        return switch (BestMap.find(problem, LIMIT)) {
            case MapResult.Best best -> best;
            case MapResult.Infeasible infeasible ->
                    throw new OutcomeSetException(infeasible.message());
            case MapResult.Unknown unknown -> throw new OutcomeSetException(unknown.message());
        };
    }

    /** What a budget costs in score, the other budgets held. */
    static List<Frontier.Point> frontier(
            OutcomeSet set, Costs costs, Budgets budgets, Measure measure) {
        return Frontier.of(problem(set, costs, budgets), measure, LIMIT);
    }

    private static MapProblem problem(OutcomeSet set, Costs costs, Budgets budgets) {
        Map<String, List<RecordedPrompt>> categories = new TreeMap<>();
        set.train()
                .forEach(prompt ->
                        categories
                                .computeIfAbsent(prompt.category(), _ -> new ArrayList<>())
                                .add(prompt));
        List<Candidate> candidates = new ArrayList<>();
        List<List<Estimate>> byModel = new ArrayList<>();
        for (int m = 0; m < set.models().size(); m++) {
            candidates.add(candidate(set, costs, m));
            List<Shrinkage.Measured> measured = new ArrayList<>();
            for (List<RecordedPrompt> prompts : categories.values()) {
                measured.add(measured(prompts, m));
            }
            byModel.add(Shrinkage.of(measured));
        }
        List<Demand> demands = new ArrayList<>();
        categories.forEach((category, prompts) -> {
            int place = demands.size();
            List<Estimate> estimates = new ArrayList<>();
            for (int m = 0; m < candidates.size(); m++) {
                estimates.add(priced(byModel.get(m).get(place), prompts, costs, m));
            }
            demands.add(new Demand(category, prompts.size(), estimates));
        });
        return new MapProblem(candidates, demands, budgets);
    }

    private static Shrinkage.Measured measured(List<RecordedPrompt> prompts, int model) {
        Shrinkage.Measured measured = Shrinkage.Measured.NONE;
        for (RecordedPrompt prompt : prompts) {
            if (prompt.asked(model)) {
                measured = measured.plus(prompt.scores()[model]);
            }
        }
        return measured;
    }

    /** The estimate with the category's own mean cost, where costs are recorded. */
    private static Estimate priced(
            Estimate estimate, List<RecordedPrompt> prompts, Costs costs, int model) {
        if (costs.basis() != Costs.Basis.RECORDED) {
            return estimate;
        }
        double[] known =
                prompts.stream()
                        .filter(prompt -> prompt.asked(model))
                        .mapToDouble(prompt -> costs.of(prompt, model))
                        .filter(cost -> !Double.isNaN(cost))
                        .toArray();
        return known.length == 0
                ? estimate
                : new Estimate(
                        estimate.score(),
                        estimate.error(),
                        estimate.samples(),
                        Map.of(Measure.USD_PER_THOUSAND_REQUESTS, Figures.mean(known)));
    }

    private static Candidate candidate(OutcomeSet set, Costs costs, int model) {
        Map<Measure, Double> uses = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            double use = use(set, costs, measure, model);
            if (!Double.isNaN(use)) {
                uses.put(measure, use);
            }
        }
        return new Candidate(set.models().get(model).name(), uses);
    }

    /** What a model uses of a measure; NaN where that is not known. */
    static double use(OutcomeSet set, Costs costs, Measure measure, int model) {
        ModelFacts facts = set.models().get(model);
        return switch (measure) {
            case HOSTED_PARAMETERS -> BILLION * facts.paramsB();
            case ACTIVE_PARAMETERS -> BILLION * facts.activeParamsB();
            case USD_PER_THOUSAND_REQUESTS ->
                    costs.basis() == Costs.Basis.RECORDED
                            ? costs.expected()[model]
                            : facts.usdPerMtokOut();
            case LATENCY -> facts.latencyMs();
            case DEVICE_BYTES -> facts.deviceBytes();
        };
    }

    private static String key(Measure measure) {
        return switch (measure) {
            case HOSTED_PARAMETERS -> "params_b";
            case ACTIVE_PARAMETERS -> "active_params_b";
            case USD_PER_THOUSAND_REQUESTS -> "usd_per_mtok_out";
            case LATENCY -> "latency_ms";
            case DEVICE_BYTES -> "device_bytes";
        };
    }
}
