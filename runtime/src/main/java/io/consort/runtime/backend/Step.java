package io.consort.runtime.backend;

import java.util.List;

/**
 * New positions of several sequences, a row each.
 *
 * @param tokens of all rows
 * @param spans in row order, without gaps
 */
public record Step(int[] tokens, List<Span> spans) {

    /**
     * Consecutive rows that belong to one sequence.
     *
     * @param firstRow of the step
     * @param rows how many
     * @param start position of the first row in its sequence
     * @param rotaryLength positions for which rotary frequencies are chosen, where they depend on it
     * @param blocks where the sequence's keys and values lie, in order of position; covers the new
     *     positions
     */
    public record Span(int firstRow, int rows, int start, int rotaryLength, int[] blocks) {}

    public Step {
        spans = List.copyOf(spans);
    }

    /** Number of rows. */
    public int rows() {
        return tokens.length;
    }
}
