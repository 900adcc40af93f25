package io.consort.router.policy;

import io.consort.router.rule.DescriptionRule;
import java.util.List;

/**
 * What experts are described as.
 *
 * @param experts at least one
 * @param rule when a match counts as close
 */
record Descriptors(List<Described> experts, DescriptionRule rule) {

    Descriptors {
        experts = List.copyOf(experts);
    }

    /**
     * An expert and its description.
     *
     * @param sentence that says what the expert is good at
     * @param embedding of the sentence, of norm 1; not changed
     */
    record Described(String expert, String sentence, float[] embedding) {}

    /** How near a query comes to each description. */
    double[] cosines(float[] query) {
        return DescriptionRule.cosines(experts.stream().map(Described::embedding).toList(), query);
    }
}
