package io.consort.router.policy;

import io.consort.experts.Expert;
import io.consort.experts.Price;
import io.consort.router.outcomes.OutcomeSet;
import io.consort.router.outcomes.RecordedPrompt;
import java.util.List;

/** What a thousand requests to each of several experts cost. */
final class RequestCosts {

    /** Where no cost is recorded, a request is taken to have the prompts' length and such an answer. */
    private static final long ANSWER_TOKENS = 300;

    private static final int CHARACTERS_PER_TOKEN = 4;

    private RequestCosts() {}

    /**
     * USD, as recorded where it is for every expert; else at the prices of the catalog.
     *
     * @param models the index of every expert's model in the set
     */
    static double[] of(List<Expert> experts, int[] models, OutcomeSet set) {
        double[] usd = new double[models.length];
        boolean all = true;
        for (int i = 0; i < usd.length; i++) {
            usd[i] = 1_000 * recorded(set, models[i]);
            all &= !Double.isNaN(usd[i]);
        }
        if (all) {
            return usd;
        }
        long characters = set.train().stream().mapToLong(prompt -> prompt.text().length()).sum();
        long promptTokens = characters / set.train().size() / CHARACTERS_PER_TOKEN;
        for (int i = 0; i < usd.length; i++) {
            Price price = experts.get(i).price();
            usd[i] = 1_000 * price.of(promptTokens, ANSWER_TOKENS);
        }
        return usd;
    }

    /** The mean cost of a model's recorded answers; NaN where none is recorded. */
    private static double recorded(OutcomeSet set, int model) {
        double sum = 0;
        int count = 0;
        for (RecordedPrompt prompt : set.train()) {
            double cost = prompt.costs()[model];
            if (!Double.isNaN(cost)) {
                sum += cost;
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
