package io.consort.runtime.engine;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.model.Batch;
import io.consort.runtime.model.DecoderModel;
import java.util.List;

/** What a model computes in one pass: so many pending tokens of some of its sequences. */
record Turn(List<Share> shares) {

    /** A sequence's part of a turn. */
    record Share(Sequence sequence, int count) {

        /** Whether all that is pending is computed, so that a token can be chosen. */
        boolean completes() {
            return count == sequence.pending();
        }
    }

    Turn {
        shares = List.copyOf(shares);
    }

    /** The sequences that a token will be chosen for, in the order of the batch's logits. */
    List<Sequence> completed() {
        return shares.stream().filter(Share::completes).map(Share::sequence).toList();
    }

    /** How tokens are chosen, in the order of {@link #completed}. */
    List<Choice> choices() {
        return completed().stream()
                .map(sequence ->
                        new Choice(
                                sequence.generation().sampler().draw(),
                                sequence.generated(),
                                sequence.generation().topLogprobs().isPresent()))
                .toList();
    }

    /** Whether a model can choose all tokens itself, so that no logits have to come to the host. */
    boolean isChosenBy(DecoderModel model) {
        return model.chooses()
                ? completed().stream().allMatch(Turn::wantsNoAlternatives)
                : choices().stream().allMatch(Choice::isPlain);
    }

    private static boolean wantsNoAlternatives(Sequence sequence) {
        return sequence.generation().topLogprobs().orElse(0) == 0;
    }

    /** Whether it is a single token of a single sequence, which the model can choose itself. */
    boolean isSingleStepOf(DecoderModel model) {
        return tokens() == 1 && completed().size() == 1 && isChosenBy(model);
    }

    int tokens() {
        return shares.stream().mapToInt(Share::count).sum();
    }

    Batch batch() {
        return new Batch(
                shares.stream()
                        .map(share ->
                                new Batch.Part(
                                        share.sequence().kept(),
                                        share.sequence().pendingTokens(share.count()),
                                        share.completes() ? Batch.Wanted.LAST : Batch.Wanted.NONE))
                        .toList());
    }
}
