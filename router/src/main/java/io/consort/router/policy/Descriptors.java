package io.consort.router.policy;

import java.util.List;

/**
 * What experts are described as.
 *
 * @param experts at least one
 * @param pinAbove the cosine from which a match counts as close
 */
record Descriptors(List<Described> experts, double pinAbove) {

    Descriptors {
        experts = List.copyOf(experts);
    }

    /**
     * An expert and its description.
     *
     * @param sentence that says what the expert is good at
     * @param embedding of the sentence, of norm 1; not changed
     */
    record Described(String expert, String sentence, float[] embedding) {

        double cosine(float[] other) {
            double sum = 0;
            for (int i = 0; i < embedding.length; i++) {
                sum += embedding[i] * other[i];
            }
            return sum;
        }
    }
}
