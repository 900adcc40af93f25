package io.consort.router.policy;

import io.consort.router.outcomes.Prospects;
import java.util.Arrays;
import java.util.List;

/**
 * The experts of a catalog whose outcomes are recorded, and what is to be expected of them.
 *
 * @param experts their ids
 * @param prospects about the set's models
 * @param models the index of every expert's model in the set; not changed after construction
 * @param usd what a thousand requests to each expert cost, NaN where unknown; not changed either
 * @param lambda the score that a USD per thousand requests must bring; 0 where cost does not count
 */
record Pool(List<String> experts, Prospects prospects, int[] models, double[] usd, double lambda) {

    Pool {
        experts = List.copyOf(experts);
    }

    /** The expected score of every expert on a query. */
    double[] expected(String text, float[] embedding) {
        return ofExperts(prospects.expected(text, embedding));
    }

    /** The mean score of every expert over all recorded queries. */
    double[] overall() {
        return ofExperts(prospects.overall());
    }

    /** Experts' figures among those of models. */
    double[] ofExperts(double[] ofModels) {
        return Arrays.stream(models).mapToDouble(model -> ofModels[model]).toArray();
    }
}
