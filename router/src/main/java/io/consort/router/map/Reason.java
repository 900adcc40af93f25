package io.consort.router.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Why a category got its expert, in words. */
final class Reason {

    private Reason() {}

    /** The score, the runner-up, and the budgets that keep a better expert away. */
    static String of(MapProblem problem, int[] choice, int category) {
        Demand demand = problem.demands().get(category);
        Estimate own = demand.estimates().get(choice[category]);
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s scores %.3f ± %.3f over %d samples",
                        name(problem, choice[category]),
                        own.score(),
                        own.error(),
                        own.samples()));
        int[] better = sorted(demand, e -> demand.estimates().get(e).score() > own.score());
        int kept = 0;
        for (int expert : better) {
            List<String> broken = broken(problem, choice, category, expert);
            if (!broken.isEmpty() && kept++ < 2) {
                text.append("; ")
                        .append(name(problem, expert))
                        .append(" would score ")
                        .append(difference(demand.estimates().get(expert), own))
                        .append(" more, but then ")
                        .append(String.join(" and ", broken));
            }
        }
        OptionalInt next =
                IntStream.of(
                                sorted(
                                        demand,
                                        e ->
                                                e != choice[category]
                                                        && demand.estimates().get(e).score()
                                                                <= own.score()))
                        .findFirst();
        if (next.isPresent()) {
            Estimate other = demand.estimates().get(next.getAsInt());
            text.append("; the next, ")
                    .append(name(problem, next.getAsInt()))
                    .append(", scores ")
                    .append(difference(own, other))
                    .append(" less");
            if (own.score() - other.score() < spread(own, other)) {
                text.append(", which may be chance");
            }
        }
        return text.toString();
    }

    /** The budgets that a map with another expert for one category would exceed. */
    private static List<String> broken(MapProblem problem, int[] choice, int category, int expert) {
        int[] changed = choice.clone();
        changed[category] = expert;
        List<String> broken = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            double limit = problem.budgets().limit(measure).orElse(Double.POSITIVE_INFINITY);
            double use = Uses.of(problem, measure, changed);
            if (limit == Double.POSITIVE_INFINITY) {
                continue;
            }
            if (Double.isNaN(use)) {
                broken.add(measure.label() + " are not known");
            } else if (use > limit * (1 + Instance.SLACK)) {
                broken.add(
                        "%s would be %s of %s"
                                .formatted(
                                        measure.label(), measure.text(use), measure.text(limit)));
            }
        }
        return broken;
    }

    private static String difference(Estimate more, Estimate less) {
        return String.format(
                Locale.ROOT, "%.3f ± %.3f", more.score() - less.score(), spread(more, less));
    }

    /** The standard error of the difference, as if both were measured on different prompts. */
    private static double spread(Estimate one, Estimate other) {
        return Math.hypot(one.error(), other.error());
    }

    private static int[] sorted(Demand demand, IntPredicate those) {
        return IntStream.range(0, demand.estimates().size())
                .filter(those)
                .boxed()
                .sorted((a, b) ->
                        Double.compare(
                                demand.estimates().get(b).score(),
                                demand.estimates().get(a).score()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static String name(MapProblem problem, int expert) {
        return problem.candidates().get(expert).expert();
    }
}
