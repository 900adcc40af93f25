package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a model does on a query beside the others, by a linear function of the query's meaning within
 * each category: what makes a query of one kind hard for a model is seldom what makes one of another
 * kind hard. Each function is a ridge regression around the middle of its category, so that one of
 * few queries says next to nothing. A query of uncertain category gets the mean of the functions.
 */
final class CategoryRidge {

    /** On squared weights; some thirty queries must agree before a direction is believed. */
    private static final double PENALTY = 30;

    /** A category of fewer queries has no function. */
    private static final int FEWEST = 10;

    /** A less probable category is not asked. */
    private static final double NEGLIGIBLE = 0.01;

    private record Within(float[] middle, Ridge ridge) {}

    private final CategoryHead head;
    private final int models;
    private final List<List<Within>> byClass;

    private CategoryRidge(CategoryHead head, int models, List<List<Within>> byClass) {
        this.head = head;
        this.models = models;
        this.byClass = byClass;
    }

    /**
     * Learns from these queries.
     *
     * @param surplus [queries][models]: what is wanted; NaN where it is unknown
     * @param meaning how many of the features are looked at
     */
    static CategoryRidge fit(
            List<Query> train, CategoryHead head, double[][] surplus, int meaning) {
        List<List<Integer>> members = new ArrayList<>();
        for (int c = 0; c < head.count(); c++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < surplus.length; i++) {
            members.get(head.classOf(train.get(i).prompt().category())).add(i);
        }
        int models = surplus[0].length;
        List<List<Within>> byClass =
                IntStream.range(0, members.size())
                        .parallel()
                        .mapToObj(c -> within(train, members.get(c), surplus, meaning))
                        .toList();
        return new CategoryRidge(head, models, byClass);
    }

    private static List<Within> within(
            List<Query> train, List<Integer> members, double[][] surplus, int meaning) {
        if (members.size() < FEWEST) {
            return List.of();
        }
        float[] middle = new float[meaning];
        for (int member : members) {
            for (int j = 0; j < meaning; j++) {
                middle[j] += train.get(member).features()[j] / members.size();
            }
        }
        List<Query> around =
                members.stream()
                        .map(member ->
                                new Query(
                                        train.get(member).prompt(),
                                        minus(train.get(member).features(), middle)))
                        .toList();
        double[][] wanted =
                members.stream().map(member -> centred(surplus[member])).toArray(double[][]::new);
        return List.of(new Within(middle, Ridge.fit(around, wanted, meaning, PENALTY)));
    }

    /** What each model is expected to score more than its category promises, beside the others. */
    double[] of(Query query) {
        double[] sum = new double[models];
        double[] shares = head.probabilities(query);
        for (int c = 0; c < shares.length; c++) {
            if (shares[c] < NEGLIGIBLE) {
                continue;
            }
            for (Within within : byClass.get(c)) {
                double[] values = within.ridge().of(minus(query.features(), within.middle()));
                for (int m = 0; m < models; m++) {
                    sum[m] += shares[c] * values[m];
                }
            }
        }
        return sum;
    }

    private static float[] minus(float[] features, float[] middle) {
        float[] difference = Arrays.copyOf(features, middle.length);
        for (int j = 0; j < middle.length; j++) {
            difference[j] -= middle[j];
        }
        return difference;
    }

    /** Less the mean of those that are known. */
    private static double[] centred(double[] values) {
        double mean = Figures.meanOfKnown(values);
        return Arrays.stream(values).map(value -> value - mean).toArray();
    }
}
