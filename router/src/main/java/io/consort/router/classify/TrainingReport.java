package io.consort.router.classify;

import java.util.List;

/**
 * How a training went. Everything is measured on examples that the head had not seen.
 *
 * @param examples labelled ones, those of no category among them
 * @param grown examples that a classifier had labelled
 * @param accuracy share of examples of a category for which it ranks first
 * @param calibrationError mean distance between probability and success over ten bins of the
 *     ranking's first probability
 * @param calibrationByCategory whether every category has a scale and a shift of its own, and not
 *     all the same temperature
 * @param threshold the probability of belonging to any category under which the classifier abstains
 * @param entropyLimit of the categories among themselves, in nats, above which it abstains
 * @param similarityLimit the mean cosine to the nearest examples under which it abstains
 * @param falseAbstention share of examples of a category that are placed in none
 * @param quickLimit the confidence from which on the quick judge decides alone; above 1 where it
 *     never does
 * @param quickShare share of examples that the quick judge decides alone
 */
public record TrainingReport(
        int examples,
        int grown,
        double accuracy,
        double calibrationError,
        boolean calibrationByCategory,
        double threshold,
        double entropyLimit,
        double similarityLimit,
        double falseAbstention,
        double quickLimit,
        double quickShare) {

    private static final int BINS = 10;

    static TrainingReport of(
            TrainingSet set, Judge judge, List<HeldOut> heldOut, Sureness sureness) {
        int members = 0;
        int right = 0;
        int abstained = 0;
        double[] excess = new double[BINS];
        for (HeldOut one : heldOut) {
            int label = set.examples().get(one.example()).label();
            if (label == set.none()) {
                continue;
            }
            members++;
            double[] shares = judge.calibration().probabilities(one.logits());
            int first = 0;
            for (int i = 1; i < shares.length; i++) {
                first = shares[i] > shares[first] ? i : first;
            }
            int success = first == label ? 1 : 0;
            right += success;
            excess[Math.min(BINS - 1, (int) (shares[first] * BINS))] += shares[first] - success;
            abstained += judge.judge(one.logits(), one.evidence()).abstained() ? 1 : 0;
        }
        double error = 0;
        for (double bin : excess) {
            error += Math.abs(bin);
        }
        int count = Math.max(1, members);
        int grown = (int) set.examples().stream().filter(TrainingSet.Example::grown).count();
        return new TrainingReport(
                set.examples().size() - grown,
                grown,
                right / (double) count,
                error / count,
                judge.calibration().isByCategory(),
                judge.acceptance().threshold(),
                judge.acceptance().entropyLimit(),
                judge.acceptance().similarityLimit(),
                abstained / (double) count,
                sureness.limit(),
                sureness.share());
    }
}
