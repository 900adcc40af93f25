package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What it brings to leave the queries of which the category head is least sure to the best single
 * model.
 *
 * @param coverage share of the queries that are routed
 * @param categoryAccuracy share of those whose category is the most probable one; NaN of none
 * @param scoreRouted mean score of those
 * @param scoreOverall mean score of all, the others answered by the best single model
 */
record Abstention(
        double coverage, double categoryAccuracy, double scoreRouted, double scoreOverall) {

    private static final double[] COVERAGES = {1, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5};

    /**
     * The curve.
     *
     * @param confidences probability of each query's most probable category
     * @param right 1 where that is the recorded one, else 0
     */
    static List<Abstention> curve(
            double[] confidences, double[] right, double[] routed, double[] single) {
        Integer[] order = new Integer[confidences.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> -confidences[i]));
        List<Abstention> curve = new ArrayList<>();
        for (double coverage : COVERAGES) {
            int kept = (int) Math.round(coverage * order.length);
            double correct = 0;
            double score = 0;
            double rest = 0;
            for (int i = 0; i < order.length; i++) {
                correct += i < kept ? right[order[i]] : 0;
                score += i < kept ? routed[order[i]] : 0;
                rest += i < kept ? 0 : single[order[i]];
            }
            curve.add(
                    new Abstention(
                            coverage, correct / kept, score / kept, (score + rest) / order.length));
        }
        return curve;
    }
}
