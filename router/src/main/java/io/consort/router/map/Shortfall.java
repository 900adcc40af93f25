package io.consort.router.map;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Which budgets stand in the way of any map, and what would do. */
final class Shortfall {

    private static final double EXACT = 1e-6;
    private static final int ROUNDS = 60;

    private Shortfall() {}

    /** Explains a problem that has no map. */
    static MapResult of(MapProblem problem, Deadline deadline) {
        Map<Measure, Double> least = new EnumMap<>(Measure.class);
        List<String> remedies = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            Optional<Double> limit = problem.budgets().limit(measure);
            OptionalDouble would =
                    limit.isEmpty() ? OptionalDouble.empty() : least(problem, measure, deadline);
            if (limit.isPresent() && would.isPresent()) {
                least.put(measure, would.getAsDouble());
                remedies.add(
                        "%s is %s, and %s is the least that would do"
                                .formatted(
                                        measure.label(),
                                        measure.text(limit.get()),
                                        measure.text(would.getAsDouble())));
            }
        }
        String message =
                remedies.isEmpty()
                        ? "no map meets the budgets, and no single one of them explains it; widen several: "
                                + labels(problem)
                        : "no map meets the budgets: " + String.join("; or ", remedies);
        return new MapResult.Infeasible(least, message);
    }

    /** The least limit on a measure under which there is a map, while the other budgets stay. */
    private static OptionalDouble least(MapProblem problem, Measure measure, Deadline deadline) {
        OptionalDouble high = use(problem, measure, Double.MAX_VALUE, deadline);
        double low = problem.budgets().limit(measure).orElse(0.0);
        for (int i = 0; i < ROUNDS && high.isPresent(); i++) {
            double most = high.getAsDouble();
            if (most - low <= EXACT * most) {
                break;
            }
            double tried = i == 0 ? most * (1 - EXACT) : (low + most) / 2;
            OptionalDouble lower = use(problem, measure, tried, deadline);
            if (lower.isPresent()) {
                high = lower;
            } else {
                low = tried;
            }
        }
        return high;
    }

    /** What some map within the budgets uses, with another limit on one measure. */
    private static OptionalDouble use(
            MapProblem problem, Measure measure, double limit, Deadline deadline) {
        Instance instance = Instance.of(problem.with(problem.budgets().with(measure, limit)));
        return MapSolver.suitedTo(instance)
                .solve(instance, deadline)
                .choice()
                .map(choice -> OptionalDouble.of(Uses.of(problem, measure, choice)))
                .orElseGet(OptionalDouble::empty);
    }

    private static String labels(MapProblem problem) {
        return String.join(
                ", ",
                problem.budgets().limits().keySet().stream().sorted().map(Measure::label).toList());
    }
}
