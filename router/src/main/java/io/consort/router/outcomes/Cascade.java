package io.consort.router.outcomes;

import io.consort.router.rule.ConfidenceRule;
import java.util.List;
import java.util.Optional;

/**
 * A cheaper model answers first; where the mean log-probability of its answer's tokens is below a
 * limit, the best single model is asked too and its answer counts. Model and limit are those with
 * the least cost on train among the ones that score no less there than the best single model, or,
 * where none does, those with the highest score.
 *
 * @param first the model that answers first
 * @param second the model that is asked where that was not sure
 * @param rule when the first answer counts
 */
record Cascade(int first, int second, ConfidenceRule rule) {

    private static final int STEPS = 40;

    /** Learns from the train part; empty where no cheaper model's confidences are recorded. */
    static Optional<Cascade> fit(List<RecordedPrompt> train, Costs costs, int second) {
        Optional<Cascade> best = Optional.empty();
        double bestScore = Double.NEGATIVE_INFINITY;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int first = 0; first < costs.expected().length; first++) {
            List<RecordedPrompt> both = both(train, first, second);
            if (first == second
                    || both.isEmpty()
                    || costs.expected()[first] > costs.expected()[second]) {
                continue;
            }
            double alone = both.stream().mapToDouble(p -> p.scores()[second]).average().orElse(0);
            int model = first;
            double[] confidences = both.stream().mapToDouble(p -> confidence(p, model)).toArray();
            for (int step = 0; step < STEPS; step++) {
                Cascade tried =
                        new Cascade(
                                first,
                                second,
                                new ConfidenceRule(
                                        Figures.quantile(confidences, (double) step / STEPS)));
                double score = Math.min(0, tried.score(both) - alone);
                double cost = tried.cost(both, costs);
                if (score > bestScore || (score == bestScore && cost < bestCost)) {
                    bestScore = score;
                    bestCost = cost;
                    best = Optional.of(tried);
                }
            }
        }
        return best;
    }

    /** Whether the first model's answer to a prompt counts. */
    boolean keeps(RecordedPrompt prompt) {
        return prompt.asked(first)
                && (!prompt.asked(second) || rule.keeps(confidence(prompt, first)));
    }

    private static double confidence(RecordedPrompt prompt, int model) {
        return ConfidenceRule.confidence(prompt.confidences()[model]);
    }

    private double score(List<RecordedPrompt> prompts) {
        return prompts.stream()
                .mapToDouble(prompt -> prompt.scores()[keeps(prompt) ? first : second])
                .average()
                .orElse(0);
    }

    private double cost(List<RecordedPrompt> prompts, Costs costs) {
        return prompts.stream()
                .mapToDouble(prompt ->
                        costs.of(prompt, first) + (keeps(prompt) ? 0 : costs.of(prompt, second)))
                .average()
                .orElse(0);
    }

    private static List<RecordedPrompt> both(List<RecordedPrompt> prompts, int first, int second) {
        return prompts.stream()
                .filter(prompt -> prompt.asked(first) && prompt.asked(second))
                .filter(prompt -> !Double.isNaN(prompt.confidences()[first]))
                .toList();
    }
}
