package io.consort.router.outcomes;

import java.util.List;

/**
 * What each model is expected to score in each category, by empirical Bayes (Morris 1983): how a
 * model differs from the others in a category is drawn towards how it differs from them in all, the
 * more the fewer queries there are and the less the categories differ. How much these differ is
 * estimated from the same scores by the method of moments (DerSimonian and Laird 1986), for all
 * models together: where the categories tell nothing, everyone is expected what he scores in all.
 *
 * <p>What makes a query hard for everyone is no noise in a comparison of models that were all asked
 * it. It counts as such as far as models were not asked.
 */
final class CategoryMeans {

    /** How many queries the mean of all counts for in how hard a category is for all models. */
    private static final double LEVEL_PRIOR = 8;

    /** Scores like a coin's, added so that two equal ones are not taken for certain. */
    private static final double COINS = 2;

    private static final double COIN = 0.25;

    private final double[] overall;

    /** [category][model]: scores above the model's mean over all. */
    private final Sums plain;

    /** The same above what the models that were asked scored on the query. */
    private final Sums compared;

    private CategoryMeans(double[] overall, int categories) {
        this.overall = overall;
        this.plain = new Sums(categories, overall.length);
        this.compared = new Sums(categories, overall.length);
    }

    /** Per class of the head the expected score of each model. */
    static double[][] of(List<Query> train, CategoryHead head) {
        return of(train, head, MeanScores.of(train).overall());
    }

    /**
     * The same.
     *
     * @param overall what each model scores in all
     */
    static double[][] of(List<Query> train, CategoryHead head, double[] overall) {
        CategoryMeans means = new CategoryMeans(overall, head.count());
        for (Query query : train) {
            int category = head.classOf(query.prompt().category());
            double[] surplus = Figures.minus(query.prompt().scores(), means.overall);
            means.plain.add(category, surplus, 0);
            means.compared.add(category, surplus, Figures.meanOfKnown(surplus));
        }
        return means.expected(train.size());
    }

    private double[][] expected(int queries) {
        double asked = plain.total() / (queries * (double) overall.length);
        double within = asked * compared.within() + (1 - asked) * plain.within();
        double between = plain.between(within);
        double prior = between <= 0 ? Double.POSITIVE_INFINITY : within / between;
        double[][] expected = new double[plain.sum.length][];
        for (int c = 0; c < expected.length; c++) {
            double level = plain.level(c);
            double samples = plain.samples(c) / overall.length;
            expected[c] = overall.clone();
            for (int m = 0; m < overall.length; m++) {
                double own = plain.sum[c][m] - plain.count[c][m] * level;
                expected[c][m] += level * samples / (samples + LEVEL_PRIOR);
                expected[c][m] += own == 0 ? 0 : own / (plain.count[c][m] + prior);
            }
        }
        return expected;
    }

    /** Sums per category and model. */
    private static final class Sums {
        private final double[][] sum;
        private final double[][] count;
        private double squares;

        Sums(int categories, int models) {
            sum = new double[categories][models];
            count = new double[categories][models];
        }

        void add(int category, double[] values, double less) {
            for (int m = 0; m < values.length; m++) {
                if (!Double.isNaN(values[m])) {
                    double value = values[m] - less;
                    sum[category][m] += value;
                    count[category][m]++;
                    squares += value * value;
                }
            }
        }

        double total() {
            double total = 0;
            for (int c = 0; c < count.length; c++) {
                total += samples(c);
            }
            return total;
        }

        double samples(int category) {
            double samples = 0;
            for (double asked : count[category]) {
                samples += asked;
            }
            return samples;
        }

        /** The mean of all models. */
        double level(int category) {
            double level = 0;
            for (double one : sum[category]) {
                level += one;
            }
            return level / Math.max(1, samples(category));
        }

        /** The variance of values within cells. */
        double within() {
            double rest = squares;
            double freedom = 0;
            for (int c = 0; c < sum.length; c++) {
                for (int m = 0; m < sum[c].length; m++) {
                    if (count[c][m] > 0) {
                        rest -= sum[c][m] * sum[c][m] / count[c][m];
                        freedom += count[c][m] - 1;
                    }
                }
            }
            return (Math.max(0, rest) + COINS * COIN) / (freedom + COINS);
        }

        /**
         * The variance between categories of how a model differs from the others; below 0 where the
         * cells differ less than by chance.
         *
         * @param within the variance of what a cell's mean is taken of
         */
        double between(double within) {
            double explained = 0;
            double cells = 0;
            double scale = 0;
            for (int m = 0; m < sum[0].length; m++) {
                double asked = 0;
                double squaredCounts = 0;
                double own = -1;
                for (int c = 0; c < sum.length; c++) {
                    if (count[c][m] > 0) {
                        double difference = sum[c][m] - count[c][m] * level(c);
                        explained += difference * difference / count[c][m];
                        asked += count[c][m];
                        squaredCounts += count[c][m] * count[c][m];
                        own++;
                    }
                }
                cells += Math.max(0, own);
                scale += asked == 0 ? 0 : asked - squaredCounts / asked;
            }
            return scale <= 0 ? 0 : (explained - cells * within) / scale;
        }
    }
}
