package io.consort.router.map;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a budget costs in score: the best map at every level of it, the other budgets held. */
public final class Frontier {

    private static final int POINTS = 64;
    private static final double BELOW = 1 - 1e-7;

    /**
     * A level of the budget.
     *
     * @param level what the map uses of the measure
     * @param map the best one that uses no more
     */
    public record Point(double level, MapResult.Best map) {}

    private Frontier() {}

    /**
     * The points at which the best score changes, the most frugal first; where there are more than 64,
     * points about a 64th of the range apart. Blocks at most about the time limit; points that were
     * not reached are missing at the frugal end.
     *
     * @param measure whose figures must be known of the experts; others are left out
     */
    public static List<Point> of(MapProblem problem, Measure measure, Duration limit) {
        Deadline deadline = Deadline.after(limit, System::nanoTime);
        List<Point> points = new ArrayList<>();
        double level = Double.MAX_VALUE;
        double step = 0;
        while (!deadline.passed()
                && BestMap.find(
                                problem.with(problem.budgets().with(measure, level)),
                                deadline.left())
                        instanceof MapResult.Best best) {
            double use = best.uses().getOrDefault(measure, 0.0);
            step = points.isEmpty() ? use / POINTS : step;
            if (!points.isEmpty() && points.getFirst().map().score() <= best.score() + 1e-9) {
                points.removeFirst();
            }
            points.addFirst(new Point(use, best));
            if (use <= 0) {
                break;
            }
            level = points.size() < 8 ? use * BELOW : Math.min(use * BELOW, use - step);
        }
        return points;
    }
}
