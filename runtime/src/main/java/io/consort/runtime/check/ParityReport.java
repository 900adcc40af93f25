package io.consort.runtime.check;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The outcome of a comparison.
 *
 * @param architecture as config.json names it
 * @param backend that ran the model
 * @param tolerance what deviations may be
 * @param tokens of the compared input
 * @param hidden one entry for the embeddings and one per layer
 * @param logits of the input run at once
 * @param chunkedLogits of the input run in pieces of uneven size
 * @param generated greedily chosen ids that were compared
 * @param greedyMismatch the first generated id that differs, counted from 0; absent when all agree
 */
public record ParityReport(
        String architecture,
        String backend,
        Tolerance tolerance,
        int tokens,
        List<Deviation> hidden,
        Deviation logits,
        Deviation chunkedLogits,
        int generated,
        OptionalInt greedyMismatch) {

    public ParityReport {
        hidden = List.copyOf(hidden);
    }

    /** Whether everything is within the tolerance and all greedily chosen ids agree. */
    public boolean isParity() {
        return deviations().allMatch(tolerance::allows) && greedyMismatch.isEmpty();
    }

    /** Whether some value was not a number. */
    public boolean hasNaN() {
        return deviations().anyMatch(Deviation::isNaN);
    }

    /** The hidden state that deviates most. */
    public Deviation worstHidden() {
        return hidden.stream().max(Comparator.comparingDouble(Deviation::relative)).orElseThrow();
    }

    private Stream<Deviation> deviations() {
        return Stream.concat(hidden.stream(), Stream.of(logits, chunkedLogits));
    }
}
