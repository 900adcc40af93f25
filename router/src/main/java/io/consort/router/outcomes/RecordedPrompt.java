package io.consort.router.outcomes;

/**
 * A prompt with what each model made of it.
 *
 * @param category empty where none is recorded
 * @param scores per model in the pool's order, in [0, 1]; NaN where the model was not asked. Not
 *     changed after construction
 * @param costs in USD, likewise
 */
public record RecordedPrompt(
        String id, String category, String text, double[] scores, double[] costs) {

    /** Whether any model was asked. */
    public boolean scored() {
        for (double score : scores) {
            if (!Double.isNaN(score)) {
                return true;
            }
        }
        return false;
    }
}
