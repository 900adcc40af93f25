package io.consort.router.outcomes;

/**
 * A prompt with what each model made of it.
 *
 * @param category empty where none is recorded
 * @param text of a very long prompt its beginning and its end
 * @param scores per model in the pool's order, in [0, 1]; NaN where the model was not asked. Not
 *     changed after construction
 * @param costs in USD, likewise
 * @param confidences mean log-probability of the tokens of each model's answer, likewise
 * @param unfamiliar whether the set says that its kind does not occur in train
 */
public record RecordedPrompt(
        String id,
        String category,
        String text,
        double[] scores,
        double[] costs,
        double[] confidences,
        boolean unfamiliar) {

    /** A prompt of a familiar kind whose answers' confidences are not recorded. */
    public RecordedPrompt(
            String id, String category, String text, double[] scores, double[] costs) {
        this(id, category, text, scores, costs, Figures.unknown(scores.length), false);
    }

    /** Whether any model was asked. */
    public boolean scored() {
        for (int m = 0; m < scores.length; m++) {
            if (asked(m)) {
                return true;
            }
        }
        return false;
    }

    /** Whether this model was asked. */
    boolean asked(int model) {
        return !Double.isNaN(scores[model]);
    }
}
