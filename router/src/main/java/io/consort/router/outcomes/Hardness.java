package io.consort.router.outcomes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Means of models that were not all asked the same queries. A score is taken for the sum of what the
 * model scores on the whole, how much easier than others the query's category is for everyone, and
 * how much easier the query is (a mixed model, Henderson 1975, solved by turns). So whoever was asked
 * the hard ones only is not taken for the worse one.
 */
final class Hardness {

    /** How many scores of no effect are added to those that tell the effect of a query. */
    private static final double QUERY_PRIOR = 1;

    /** The same for a category. */
    private static final double CATEGORY_PRIOR = 1;

    private static final int ROUNDS = 50;

    private final List<Query> train;
    private final int[] categories;
    private final double[] ofQueries;
    private final double[] ofCategories;
    private final double[] ofModels;

    private Hardness(List<Query> train, double[] means) {
        Map<String, Integer> places = new HashMap<>();
        this.train = train;
        this.categories =
                train.stream()
                        .mapToInt(query ->
                                places.computeIfAbsent(
                                        query.prompt().category(), _ -> places.size()))
                        .toArray();
        this.ofQueries = new double[categories.length];
        this.ofCategories = new double[places.size()];
        this.ofModels = means.clone();
    }

    /**
     * What each model is expected to score on all the queries, as if it had been asked them.
     *
     * @param means of the scores that it has; 0 without any, which stays
     */
    static double[] corrected(List<Query> train, double[] means) {
        Hardness hardness = new Hardness(train, means);
        for (int round = 0; round < ROUNDS; round++) {
            hardness.refineCategories();
            hardness.refineQueries();
            hardness.refineModels();
        }
        return hardness.ofAll(means);
    }

    private void refineCategories() {
        double[] sum = new double[ofCategories.length];
        double[] count = new double[ofCategories.length];
        for (int i = 0; i < categories.length; i++) {
            double[] scores = scores(i);
            for (int m = 0; m < scores.length; m++) {
                if (!Double.isNaN(scores[m])) {
                    sum[categories[i]] += scores[m] - ofModels[m] - ofQueries[i];
                    count[categories[i]]++;
                }
            }
        }
        for (int c = 0; c < sum.length; c++) {
            ofCategories[c] = sum[c] / (count[c] + CATEGORY_PRIOR);
        }
    }

    private void refineQueries() {
        for (int i = 0; i < categories.length; i++) {
            double[] scores = scores(i);
            double sum = 0;
            double count = 0;
            for (int m = 0; m < scores.length; m++) {
                if (!Double.isNaN(scores[m])) {
                    sum += scores[m] - ofModels[m] - ofCategories[categories[i]];
                    count++;
                }
            }
            ofQueries[i] = sum / (count + QUERY_PRIOR);
        }
    }

    private void refineModels() {
        double[] sum = new double[ofModels.length];
        double[] count = new double[ofModels.length];
        for (int i = 0; i < categories.length; i++) {
            double[] scores = scores(i);
            for (int m = 0; m < scores.length; m++) {
                if (!Double.isNaN(scores[m])) {
                    sum[m] += scores[m] - ofCategories[categories[i]] - ofQueries[i];
                    count[m]++;
                }
            }
        }
        for (int m = 0; m < sum.length; m++) {
            ofModels[m] = count[m] == 0 ? Double.NaN : sum[m] / count[m];
        }
    }

    private double[] ofAll(double[] means) {
        double level = 0;
        for (int i = 0; i < categories.length; i++) {
            level += (ofCategories[categories[i]] + ofQueries[i]) / categories.length;
        }
        double[] all = means.clone();
        for (int m = 0; m < all.length; m++) {
            if (!Double.isNaN(ofModels[m])) {
                all[m] = Math.clamp(ofModels[m] + level, 0, 1);
            }
        }
        return all;
    }

    private double[] scores(int query) {
        return train.get(query).prompt().scores();
    }
}
