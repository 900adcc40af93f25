package io.consort.runtime.engine;

import io.consort.runtime.backend.Chosen;
import io.consort.runtime.engine.EngineException.Reason;
import io.consort.runtime.engine.TokenChoice.Likelihood;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Pass;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Chooses next tokens from what a pass has left, a row for each sequence that it completed. */
sealed interface Chooser {

    /**
     * Ends a pass that has run all layers.
     *
     * @param model of the pass
     * @param candidates a buffer
     */
    static Chooser after(Pass pass, DecoderModel model, Turn turn, Candidates candidates) {
        return turn.isChosenBy(model)
                ? new ByModel(pass.finishChoosing(turn.choices()))
                : new FromLogits(pass.finish(), candidates);
    }

    /**
     * The token that follows a sequence.
     *
     * @throws EngineException when the row's logits are no numbers
     */
    TokenChoice choose(Sequence sequence, int row);

    /** Tokens that the model has chosen, so that no logits had to come to the host. */
    record ByModel(Chosen chosen) implements Chooser {
        @Override
        public TokenChoice choose(Sequence sequence, int row) {
            int token = chosen.tokens()[row];
            if (token == Logits.NO_TOKEN) {
                throw new EngineException(
                        Reason.NOT_A_NUMBER,
                        "the model's logits are not numbers; its weights may be damaged");
            }
            return new TokenChoice(
                    token,
                    sequence.generation().topLogprobs().isPresent()
                            ? Optional.of(new Likelihood(chosen.logprobs()[row], List.of()))
                            : Optional.empty());
        }
    }

    /** Logits, from which the host chooses. */
    record FromLogits(Logits logits, Candidates candidates) implements Chooser {
        @Override
        public TokenChoice choose(Sequence sequence, int row) {
            Generation generation = sequence.generation();
            candidates.load(logits, row);
            int token =
                    generation
                            .sampler()
                            .draw()
                            .map(draw -> candidates.draw(draw, sequence.generated()))
                            .orElseGet(candidates::mostProbable);
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
