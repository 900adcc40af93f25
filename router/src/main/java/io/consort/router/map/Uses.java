package io.consort.router.map;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** What choices and whole maps use of a measure. */
final class Uses {

    private Uses() {}

    /** What each expert uses per category, not weighted by traffic; NaN where that is not known. */
    static double[][] of(MapProblem problem, Measure measure) {
        int experts = problem.candidates().size();
        double[][] uses = new double[problem.demands().size()][experts];
        for (int c = 0; c < uses.length; c++) {
            for (int e = 0; e < experts; e++) {
                double general =
                        problem.candidates().get(e).uses().getOrDefault(measure, Double.NaN);
                uses[c][e] =
                        measure.hosted()
                                ? general
                                : problem.demands()
                                        .get(c)
                                        .estimates()
                                        .get(e)
                                        .uses()
                                        .getOrDefault(measure, general);
            }
        }
        return uses;
    }

    /**
     * What a map uses of a measure; NaN where that is not known of a chosen expert.
     *
     * @param choice the expert of each category
     */
    static double of(MapProblem problem, Measure measure, int[] choice) {
        double[][] uses = of(problem, measure);
        double total = 0;
        if (measure.hosted()) {
            for (int expert : Arrays.stream(choice).distinct().toArray()) {
                total += uses[0][expert];
            }
            return total;
        }
        for (int c = 0; c < choice.length; c++) {
            double weight = problem.demands().get(c).weight();
            total += weight == 0 ? 0 : weight * uses[c][choice[c]];
        }
        return total / problem.traffic();
    }

    /** What a map uses, per measure that is known of all chosen experts. */
    static Map<Measure, Double> all(MapProblem problem, int[] choice) {
        Map<Measure, Double> all = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            double use = of(problem, measure, choice);
            if (!Double.isNaN(use)) {
                all.put(measure, use);
            }
        }
        return all;
    }
}
