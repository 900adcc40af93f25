package io.consort.runtime.engine;

import java.util.List;
import java.util.Optional;

/**
 * A token that was chosen.
 *
 * @param likelihood present where the generation asks for log-probabilities
 */
public record TokenChoice(int token, Optional<Likelihood> likelihood) {

    /**
     * How probable the token was to the model, before temperature and cuts.
     *
     * @param logprob natural logarithm of its probability
     * @param alternatives the most probable tokens, in falling order; the chosen one may be among
     *     them
     */
    public record Likelihood(double logprob, List<Alternative> alternatives) {
        public Likelihood {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** A token that could have been chosen. */
    public record Alternative(int token, double logprob) {}
}
