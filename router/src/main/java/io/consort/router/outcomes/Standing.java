package io.consort.router.outcomes;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How a router did on the test prompts; NaN where a figure is unknown.
 *
 * @param accuracy mean score, in [0, 1]
 * @param stderr its bootstrap standard error over prompts
 * @param activeParamsB mean active parameters of the chosen models, in billions
 * @param usdPerMtok mean list price of a million written tokens of the chosen models
 * @param costUsd mean recorded cost of an answer
 * @param msPerPrompt time to decide, embedding included
 */
record Standing(
        String name,
        double accuracy,
        double stderr,
        double activeParamsB,
        double usdPerMtok,
        double costUsd,
        double msPerPrompt) {

    private static final int RESAMPLES = 1_000;

    /**
     * Sums up.
     *
     * @param shares per prompt the share of each model in the choice; 0 where it was not asked
     */
    static Standing of(
            String name,
            List<ModelFacts> models,
            List<RecordedPrompt> prompts,
            double[][] shares,
            double msPerPrompt,
            long seed) {
        double[] scores = new double[prompts.size()];
        double active = 0;
        double price = 0;
        double cost = 0;
        for (int i = 0; i < scores.length; i++) {
            RecordedPrompt prompt = prompts.get(i);
            for (int m = 0; m < models.size(); m++) {
                double share = shares[i][m];
                if (share > 0) {
                    scores[i] += share * prompt.scores()[m];
                    active += share * models.get(m).activeParamsB();
                    price += share * models.get(m).usdPerMtokOut();
                    cost += share * prompt.costs()[m];
                }
            }
        }
        int n = scores.length;
        return new Standing(
                name,
                mean(scores),
                error(scores, seed),
                active / n,
                price / n,
                cost / n,
                msPerPrompt);
    }

    private static double error(double[] scores, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < scores.length; i++) {
                sum += scores[random.nextInt(scores.length)];
            }
            means[r] = sum / scores.length;
        }
        double middle = mean(means);
        double squares = 0;
        for (double value : means) {
            squares += (value - middle) * (value - middle);
        }
        return Math.sqrt(squares / (RESAMPLES - 1));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
