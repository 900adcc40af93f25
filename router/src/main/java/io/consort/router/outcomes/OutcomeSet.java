package io.consort.router.outcomes;

import java.util.List;

/**
 * Recorded outcomes of a pool of models.
 *
 * @param name of the set
 * @param models the pool
 * @param train what policies are fitted on, at least one prompt
 * @param test what they are judged on, at least one prompt
 * @param unscored prompts that were left out because no model was asked
 * @param drawn whether the parts were drawn, because no line says to which it belongs
 */
public record OutcomeSet(
        String name,
        List<ModelFacts> models,
        List<RecordedPrompt> train,
        List<RecordedPrompt> test,
        int unscored,
        boolean drawn) {

    public OutcomeSet {
        models = List.copyOf(models);
        train = List.copyOf(train);
        test = List.copyOf(test);
    }
}
