package io.consort.router.outcomes;

import java.util.List;

/**
 * What a router's choices came to, prompt by prompt; NaN where a figure is unknown.
 *
 * @param scores in [0, 1]
 * @param costs of a thousand requests, on the set's basis
 * @param usd recorded cost of the answer
 * @param activeParamsB active parameters that worked on it, in billions
 * @param usdPerMtok list price of the models that were chosen
 */
record Tally(
        double[] scores,
        double[] costs,
        double[] usd,
        double[] activeParamsB,
        double[] usdPerMtok) {

    /**
     * Adds up.
     *
     * @param asked per prompt how often each model was asked; shares where it was chosen by lot
     * @param answered per prompt the share of each model's answer in the result
     */
    static Tally of(OutcomeSet set, Costs costs, double[][] asked, double[][] answered) {
        List<RecordedPrompt> prompts = set.test();
        int count = prompts.size();
        Tally tally =
                new Tally(
                        new double[count],
                        new double[count],
                        new double[count],
                        new double[count],
                        new double[count]);
        for (int i = 0; i < count; i++) {
            RecordedPrompt prompt = prompts.get(i);
            for (int m = 0; m < asked[i].length; m++) {
                ModelFacts model = set.models().get(m);
                double share = asked[i][m];
                if (answered[i][m] > 0) {
                    tally.scores[i] += answered[i][m] * prompt.scores()[m];
                }
                if (share > 0) {
                    tally.costs[i] += share * costs.of(prompt, m);
                    tally.usd[i] += share * prompt.costs()[m];
                    tally.activeParamsB[i] += share * model.activeParamsB();
                    tally.usdPerMtok[i] += share * model.usdPerMtokOut();
                }
            }
        }
        return tally;
    }

    double score() {
        return Figures.mean(scores);
    }

    double cost() {
        return Figures.mean(costs);
    }
}
