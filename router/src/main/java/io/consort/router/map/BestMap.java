package io.consort.router.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the map with the highest expected score within all budgets, as Composition of Experts does
 * (arXiv:2412.01868): by enumeration of the sets of experts up to 20 of them, by mixed-integer
 * programming above. Pure but for the time limit.
 */
public final class BestMap {

    private BestMap() {}

    /**
     * The best map; blocks at most about the time limit. Of maps that score the same the thriftier
     * is taken.
     *
     * @param limit after which the best map so far is given, marked as not proven
     */
    public static MapResult find(MapProblem problem, Duration limit) {
        Deadline deadline = Deadline.after(limit, System::nanoTime);
        Instance instance = Instance.of(problem);
        MapSolver.Solution solution = MapSolver.suitedTo(instance).solve(instance, deadline);
        if (solution.choice().isPresent()) {
            return best(problem, solution, solution.choice().get());
        }
        if (!solution.proven()) {
            return new MapResult.Unknown(
                    "no map within the budgets was found in %.1f s; give more time or wider budgets"
                            .formatted(limit.toMillis() / 1e3));
        }
        return Shortfall.of(problem, deadline);
    }

    private static MapResult.Best best(
            MapProblem problem, MapSolver.Solution solution, int[] choice) {
        double score = 0;
        List<Assignment> assignments = new ArrayList<>();
        for (int c = 0; c < choice.length; c++) {
            Demand demand = problem.demands().get(c);
            double share = demand.weight() / problem.traffic();
            Estimate estimate = demand.estimates().get(choice[c]);
            score += share * estimate.score();
            assignments.add(
                    new Assignment(
                            demand.category(),
                            share,
                            estimate,
                            ranked(problem, choice, c),
                            Reason.of(problem, choice, c)));
        }
        return new MapResult.Best(
                score,
                assignments,
                Uses.all(problem, choice),
                solution.proven(),
                solution.proven() ? score : Math.max(score, solution.bound()),
                leftOut(problem));
    }

    private static List<String> ranked(MapProblem problem, int[] choice, int category) {
        List<Estimate> estimates = problem.demands().get(category).estimates();
        List<String> ranked = new ArrayList<>();
        ranked.add(problem.candidates().get(choice[category]).expert());
        IntStream.range(0, problem.candidates().size())
                .filter(e -> e != choice[category])
                .filter(e -> isHosted(problem, choice, e))
                .boxed()
                .sorted(Comparator.comparingDouble(e -> -estimates.get(e).score()))
                .forEach(e -> ranked.add(problem.candidates().get(e).expert()));
        return ranked;
    }

    /** Whether the map names the expert, or having it too costs nothing of a limited measure. */
    private static boolean isHosted(MapProblem problem, int[] choice, int expert) {
        if (IntStream.of(choice).anyMatch(chosen -> chosen == expert)) {
            return true;
        }
        return problem.budgets().limits().keySet().stream()
                .filter(Measure::hosted)
                .allMatch(measure ->
                        Optional.ofNullable(problem.candidates().get(expert).uses().get(measure))
                                .filter(use -> use == 0)
                                .isPresent());
    }

    private static List<String> leftOut(MapProblem problem) {
        List<String> notes = new ArrayList<>();
        for (Measure measure : problem.budgets().limits().keySet().stream().sorted().toList()) {
            double[][] uses = Uses.of(problem, measure);
            for (int e = 0; e < problem.candidates().size(); e++) {
                int expert = e;
                if (IntStream.range(0, uses.length).anyMatch(c -> Double.isNaN(uses[c][expert]))) {
                    notes.add(
                            "%s is left out where its %s are not known; a budget limits them"
                                    .formatted(
                                            problem.candidates().get(e).expert(), measure.label()));
                }
            }
        }
        return notes;
    }
}
