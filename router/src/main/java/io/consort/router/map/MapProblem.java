package io.consort.router.map;

import java.util.List;

/**
 * What a map is chosen from.
 *
 * @param candidates at least one
 * @param demands at least one, with an estimate for each candidate and some traffic together
 */
public record MapProblem(List<Candidate> candidates, List<Demand> demands, Budgets budgets) {

    public MapProblem {
        candidates = List.copyOf(candidates);
        demands = List.copyOf(demands);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException(
                    "a map needs experts to choose from; name at least one");
        }
        double traffic = 0;
        for (Demand demand : demands) {
            traffic += demand.weight();
            if (demand.estimates().size() != candidates.size()) {
                throw new IllegalArgumentException(
                        "category '%s' has %d estimates for %d experts; give one for each"
                                .formatted(
                                        demand.category(),
                                        demand.estimates().size(),
                                        candidates.size()));
            }
        }
        if (!(traffic > 0)) {
            throw new IllegalArgumentException(
                    "a map needs a category with traffic; give at least one a weight above 0");
        }
    }

    /** The same under other budgets. */
    public MapProblem with(Budgets other) {
        return new MapProblem(candidates, demands, other);
    }

    double traffic() {
        return demands.stream().mapToDouble(Demand::weight).sum();
    }
}
