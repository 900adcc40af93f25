package io.consort.router.map;

import java.util.List;
import java.util.Map;

/** What came of looking for the best map. */
public sealed interface MapResult {

    /**
     * A map within all budgets.
     *
     * @param score the expected score over the traffic
     * @param assignments one per category, in the problem's order
     * @param uses per measure, where it is known of all chosen experts
     * @param proven whether no map within the budgets scores more; false where time ran out first
     * @param bound what no map within the budgets exceeds; the score itself where proven
     * @param notes experts that were left out and why, in words
     */
    record Best(
            double score,
            List<Assignment> assignments,
            Map<Measure, Double> uses,
            boolean proven,
            double bound,
            List<String> notes)
            implements MapResult {

        public Best {
            assignments = List.copyOf(assignments);
            uses = Map.copyOf(uses);
            notes = List.copyOf(notes);
        }
    }

    /**
     * No map meets the budgets.
     *
     * @param least per budget that stands in the way, the least that would do while the others stay;
     *     empty where no single one helps
     * @param message names them and the remedy
     */
    record Infeasible(Map<Measure, Double> least, String message) implements MapResult {

        public Infeasible {
            least = Map.copyOf(least);
        }
    }

    /** Time ran out before any map within the budgets was found, or shown not to be. */
    record Unknown(String message) implements MapResult {}
}
