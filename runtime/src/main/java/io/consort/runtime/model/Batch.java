package io.consort.runtime.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** New positions of several sequences that run through a model together; a sequence appears once. */
public record Batch(List<Part> parts) {

    /** Which of a part's positions are asked for logits. */
    public enum Wanted {
        /** None: more of the prompt follows. */
        NONE,
        /** The last one, to choose the next token. */
        LAST,
        /** Every one, to score a text. */
        ALL
    }

    /**
     * A sequence's new positions, which follow those that its cache holds.
     *
     * @param tokens ids, at least one; must not be changed while the pass runs
     */
    public record Part(KvSequence sequence, int[] tokens, Wanted wanted) {
        public Part {
            if (tokens.length == 0) {
                throw new IllegalArgumentException(
                        "`tokens` of a batch's part must hold at least one token");
            }
        }

        int wantedRows() {
            return switch (wanted) {
                case NONE -> 0;
                case LAST -> 1;
                case ALL -> tokens.length;
            };
        }
    }

    public Batch {
        parts = List.copyOf(parts);
        Set<KvSequence> seen = new HashSet<>();
        for (Part part : parts) {
            if (!seen.add(part.sequence())) {
                throw new IllegalArgumentException(
                        "`parts` of a batch hold a sequence twice; give it one part with all tokens");
            }
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("`parts` of a batch must hold at least one part");
        }
    }

    /** A batch of one sequence. */
    public static Batch of(KvSequence sequence, int[] tokens, Wanted wanted) {
        return new Batch(List.of(new Part(sequence, tokens, wanted)));
    }

    /** New positions of all parts together. */
    public int rows() {
        return parts.stream().mapToInt(part -> part.tokens().length).sum();
    }

    /** Positions that are asked for logits. */
    public int wantedRows() {
        return parts.stream().mapToInt(Part::wantedRows).sum();
    }
}
