package io.consort.runtime.engine;

import io.consort.runtime.model.Batch;
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

    /** Whether every token is chosen greedily, and nobody wants to know how probable it was. */
    boolean isGreedy() {
        return completed().stream()
                .map(Sequence::generation)
                .allMatch(generation ->
                        generation.sampler() instanceof Sampler.Greedy
                                && generation.topLogprobs().isEmpty());
    }

    /** Whether it is a single token of a single sequence that is chosen greedily. */
    boolean isSingleStep() {
        return tokens() == 1 && completed().size() == 1 && isGreedy();
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
