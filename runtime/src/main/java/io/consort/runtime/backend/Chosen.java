package io.consort.runtime.backend;

import java.util.List;
import java.util.function.Supplier;

/**
 * Tokens that were chosen.
 *
 * @param tokens one for each row; -1 where logits are no numbers
 * @param logprobs natural logarithms of their probabilities to the model, before temperature and
 *     cuts, to within 1e-5; only those that were asked for mean something
 */
public record Chosen(int[] tokens, double[] logprobs) {

    /**
     * What whoever does not draw can choose.
     *
     * @param largest gives the most probable tokens
     * @throws UnsupportedOperationException where a choice is more than that
     */
    public static Chosen plainly(List<Choice> choices, Supplier<int[]> largest) {
        if (!choices.stream().allMatch(Choice::isPlain)) {
            throw new UnsupportedOperationException("tokens are drawn from logits on the host");
        }
        int[] tokens = largest.get();
        return new Chosen(tokens, new double[tokens.length]);
    }
}
