package io.consort.router.classify;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the classifier makes of a query. The probabilities of the ranking and {@code none} sum to
 * one.
 *
 * @param ranking every category with its calibrated probability, the most probable first
 * @param none the calibrated probability that the query belongs to no category
 * @param entropy of the probabilities including {@code none}, in nats
 * @param distance cosine distance to the nearest example of a category, in [0, 2]
 * @param doubts why the classifier abstains; empty where it does not
 */
public record Classification(
        List<Ranked> ranking, double none, double entropy, double distance, Set<Doubt> doubts) {

    /** A category and its probability. */
    public record Ranked(String category, double probability) {}

    /** A reason to place a query in no category. */
    public enum Doubt {
        /** There is nothing to go by: no text, or no category with examples. */
        NOTHING_TO_GO_BY,
        /** It probably belongs to no category. */
        BELONGS_TO_NONE,
        /** Several categories are about equally likely. */
        UNDECIDED,
        /** It is unlike every example. */
        UNLIKE_EXAMPLES
    }

    /** The classification of a query about which nothing is known. */
    public static final Classification UNKNOWN =
            new Classification(List.of(), 1, 0, 2, Set.of(Doubt.NOTHING_TO_GO_BY));

    public Classification {
        ranking = List.copyOf(ranking);
        doubts = Set.copyOf(doubts);
    }

    /** Whether the classifier places the query in no category. */
    public boolean abstained() {
        return !doubts.isEmpty();
    }

    /** The most probable category, even where the classifier abstains. */
    public Optional<Ranked> top() {
        return ranking.isEmpty() ? Optional.empty() : Optional.of(ranking.getFirst());
    }
}
