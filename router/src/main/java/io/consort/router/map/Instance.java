package io.consort.router.map;

import java.util.ArrayList;
import java.util.List;

/**
 * The problem in numbers: c runs over categories, e over experts, k over budgets. Every budget is
 * scaled to a limit of 1, or is 0.
 *
 * @param value [c][e] what choosing the expert adds to the score; negative infinity forbids it
 * @param mean [k][c][e] what the choice adds to the use of a budget on a mean
 * @param meanLimit [k]
 * @param hosted [k][e] what hosting the expert adds to the use of a budget on a sum
 * @param hostedLimit [k]
 */
record Instance(
        double[][] value,
        double[][][] mean,
        double[] meanLimit,
        double[][] hosted,
        double[] hostedLimit) {

    /** By how much a use may exceed its limit of 1, for rounding. */
    static final double SLACK = 1e-9;

    /** Of maps whose scores differ by less than this the thriftier is taken. */
    private static final double THRIFT = 1e-7;

    int categories() {
        return value.length;
    }

    int experts() {
        return value[0].length;
    }

    static Instance of(MapProblem problem) {
        int categories = problem.demands().size();
        int experts = problem.candidates().size();
        double[][] value = new double[categories][experts];
        double traffic = problem.traffic();
        for (int c = 0; c < categories; c++) {
            Demand demand = problem.demands().get(c);
            for (int e = 0; e < experts; e++) {
                value[c][e] = demand.weight() / traffic * demand.estimates().get(e).score();
            }
        }
        List<double[][]> means = new ArrayList<>();
        List<Double> meanLimits = new ArrayList<>();
        List<double[]> sums = new ArrayList<>();
        List<Double> sumLimits = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            double[][] uses = Uses.of(problem, measure);
            thrift(value, uses, measure.hosted() ? 1.0 / categories : 1);
            if (problem.budgets().limit(measure).isEmpty()) {
                continue;
            }
            double limit = problem.budgets().limit(measure).get();
            double scale = limit > 0 ? 1 / limit : 1;
            forbidUnknown(value, uses);
            if (measure.hosted()) {
                sums.add(scaled(uses[0], scale));
                sumLimits.add(limit * scale);
            } else {
                double[][] scaled = new double[categories][];
                for (int c = 0; c < categories; c++) {
                    scaled[c] =
                            scaled(uses[c], scale * problem.demands().get(c).weight() / traffic);
                }
                means.add(scaled);
                meanLimits.add(limit * scale);
            }
        }
        return new Instance(
                value,
                means.toArray(double[][][]::new),
                meanLimits.stream().mapToDouble(Double::doubleValue).toArray(),
                sums.toArray(double[][]::new),
                sumLimits.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double[] scaled(double[] uses, double scale) {
        double[] scaled = new double[uses.length];
        for (int e = 0; e < uses.length; e++) {
            scaled[e] = Double.isNaN(uses[e]) ? 0 : uses[e] * scale;
        }
        return scaled;
    }

    private static void forbidUnknown(double[][] value, double[][] uses) {
        for (int c = 0; c < value.length; c++) {
            for (int e = 0; e < value[c].length; e++) {
                if (Double.isNaN(uses[c][e])) {
                    value[c][e] = Double.NEGATIVE_INFINITY;
                }
            }
        }
    }

    /** Makes the thriftier of equally good choices a trace better. */
    private static void thrift(double[][] value, double[][] uses, double share) {
        double most = 0;
        for (double[] row : uses) {
            for (double use : row) {
                most = Double.isNaN(use) ? most : Math.max(most, use);
            }
        }
        if (most == 0) {
            return;
        }
        double trace = THRIFT * share / Measure.values().length / value.length;
        for (int c = 0; c < value.length; c++) {
            for (int e = 0; e < value[c].length; e++) {
                value[c][e] -= trace * (Double.isNaN(uses[c][e]) ? 1 : uses[c][e] / most);
            }
        }
    }
}
