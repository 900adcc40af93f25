package io.consort.experts;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a policy learns how well experts answer.
 *
 * @param folder an outcome set
 * @param experts the expert behind a model of the set, where their names differ
 */
public record RecordedOutcomes(Path folder, Map<String, String> experts) {

    public RecordedOutcomes {
        experts = Map.copyOf(experts);
    }

    /** The expert that a model of the set stands for; it need not be in the catalog. */
    public String expert(String model) {
        return experts.getOrDefault(model, model);
    }
}
