package io.consort.router.map;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The best choice seen so far, and what the search could not look at. Not thread-safe. */
final class Incumbent {

    private int @Nullable [] choice;
    private double value = Double.NEGATIVE_INFINITY;
    private double unseen = Double.NEGATIVE_INFINITY;

    /** Whether a choice of this value or less cannot change the result. */
    boolean covers(double bound) {
        return bound <= value + Instance.SLACK;
    }

    void offer(int[] candidate, double worth) {
        if (worth > value) {
            value = worth;
            choice = candidate.clone();
        }
    }

    /** Says that choices of up to this value were not looked at. */
    void skip(double bound) {
        if (!covers(bound)) {
            unseen = Math.max(unseen, bound);
        }
    }

    MapSolver.Solution solution() {
        boolean proven = covers(unseen) || unseen == Double.NEGATIVE_INFINITY;
        return new MapSolver.Solution(
                Optional.ofNullable(choice), value, proven ? value : unseen, proven);
    }
}
