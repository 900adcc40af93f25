package io.consort.router.map;

import java.util.Optional;

/** Finds the choice of one expert per category with the highest value within all budgets. */
sealed interface MapSolver permits Enumeration, MixedInteger {

    /**
     * Solves; blocks until done or out of time.
     *
     * @return exact to 1e-9 of the value where proven
     */
    Solution solve(Instance instance, Deadline deadline);

    /**
     * What was found.
     *
     * @param choice the expert of each category; empty where none was found
     * @param bound what no choice exceeds
     * @param proven whether the choice is the best, or, where empty, that there is none
     */
    record Solution(Optional<int[]> choice, double value, double bound, boolean proven) {

        static Solution none() {
            return new Solution(
                    Optional.empty(), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, true);
        }
    }

    /** The solver for a problem's size. */
    static MapSolver suitedTo(Instance instance) {
        return instance.experts() <= Enumeration.MOST_EXPERTS
                ? new Enumeration()
                : new MixedInteger();
    }
}
