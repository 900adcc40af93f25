package io.consort.runtime.engine;

import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.engine.TokenChoice.Likelihood;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Pass;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses next tokens from what a pass has left, a row for each sequence that it completed. */
sealed interface Chooser {

    /**
     * Ends a pass that has run all layers.
     *
     * @param candidates a buffer
     */
    static Chooser after(Pass pass, Turn turn, Candidates candidates) {
        return turn.isGreedy()
                ? new MostProbable(pass.finishGreedily())
                : new Sampled(pass.finish(), candidates);
    }

    /**
     * The token that follows a sequence.
     *
     * @throws EngineException when the row's logits are no numbers
     */
    TokenChoice choose(Sequence sequence, int row);

    /** Tokens that the device has chosen, so that no logits had to come to the host. */
    record MostProbable(int[] tokens) implements Chooser {
        @Override
        public TokenChoice choose(Sequence sequence, int row) {
            if (tokens[row] == Logits.NO_TOKEN) {
                throw new EngineException(
                        Reason.NOT_A_NUMBER,
                        "the model's logits are not numbers; its weights may be damaged");
            }
            return new TokenChoice(tokens[row], Optional.empty());
        }
    }

    /** Logits for the generations' samplers. */
    record Sampled(Logits logits, Candidates candidates) implements Chooser {
        @Override
        public TokenChoice choose(Sequence sequence, int row) {
            Generation generation = sequence.generation();
            candidates.load(logits, row);
            int token = generation.sampler().choose(candidates, sequence.generated());
            return new TokenChoice(token, likelihood(generation.topLogprobs(), row, token));
        }

        @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
        private Optional<Likelihood> likelihood(OptionalInt alternatives, int row, int token) {
            return alternatives.isPresent()
                    ? Optional.of(Likelihoods.of(logits, row, token, alternatives.getAsInt()))
                    : Optional.empty();
        }
    }
}
