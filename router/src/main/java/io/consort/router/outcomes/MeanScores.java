package io.consort.router.outcomes;

import java.util.List;

/**
 * Mean scores per model, of all queries and of groups of them, where small groups lean on all. A
 * model that was asked only some queries gets the mean that is expected of it on all, see {@link
 * Hardness}.
 */
final class MeanScores {

    /** How many queries the mean of all counts for in a group. */
    private static final double PRIOR = 8;

    private final double[] overall;

    private MeanScores(double[] overall) {
        this.overall = overall;
    }

    /** Learns the means of all; a model that was never asked is expected to fail. */
    static MeanScores of(List<Query> train) {
        int models = train.getFirst().prompt().scores().length;
        double[] sum = new double[models];
        double[] count = new double[models];
        for (Query query : train) {
            add(query, 1, sum, count);
        }
        boolean whole = true;
        for (int m = 0; m < models; m++) {
            sum[m] = count[m] == 0 ? 0 : sum[m] / count[m];
            whole &= count[m] == train.size();
        }
        return new MeanScores(whole ? sum : Hardness.corrected(train, sum));
    }

    /** The means of all; shared, not to be changed. */
    double[] overall() {
        return overall;
    }

    /** An empty group. */
    Group group() {
        return new Group();
    }

    private static void add(Query query, double weight, double[] sum, double[] count) {
        double[] scores = query.prompt().scores();
        for (int m = 0; m < scores.length; m++) {
            if (!Double.isNaN(scores[m])) {
                sum[m] += weight * scores[m];
                count[m] += weight;
            }
        }
    }

    /** Queries that belong together. */
    final class Group {
        private final double[] sum = new double[overall.length];
        private final double[] count = new double[overall.length];

        void add(Query query, double weight) {
            MeanScores.add(query, weight, sum, count);
        }

        /** The expected scores in this group. */
        double[] means() {
            double[] means = new double[sum.length];
            for (int m = 0; m < means.length; m++) {
                means[m] = (sum[m] + PRIOR * overall[m]) / (count[m] + PRIOR);
            }
            return means;
        }
    }
}
