package io.consort.router.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Estimates from measured scores by empirical Bayes (Morris 1983): an expert's mean in a category is
 * drawn towards its mean over all categories, the more the fewer samples there are and the less the
 * expert's categories differ. How much they differ is estimated from the same scores by the method
 * of moments (DerSimonian and Laird 1986); the spread within a category is pooled over the expert's
 * categories.
 */
public final class Shrinkage {

    /** Below this many samples the spread of scores is not trusted and that of a coin is used. */
    private static final int FEW = 2;

    private static final double COIN = 0.25;

    /**
     * Scores of one expert in one category.
     *
     * @param sum of the scores, each in [0, 1]
     * @param squares sum of their squares
     */
    public record Measured(int samples, double sum, double squares) {

        /** No scores. */
        public static final Measured NONE = new Measured(0, 0, 0);

        /** The same and one more score. */
        public Measured plus(double score) {
            return new Measured(samples + 1, sum + score, squares + score * score);
        }

        private double mean() {
            return sum / samples;
        }
    }

    private Shrinkage() {}

    /**
     * The estimates of one expert.
     *
     * @param measured its scores per category
     * @return one per category; without any samples at all a score of 0 with an error of 0.5
     */
    public static List<Estimate> of(List<Measured> measured) {
        List<Measured> known = measured.stream().filter(one -> one.samples() > 0).toList();
        int samples = known.stream().mapToInt(Measured::samples).sum();
        if (samples == 0) {
            return measured.stream().map(_ -> new Estimate(0, 0.5, 0)).toList();
        }
        double within = within(known, samples);
        double between = between(known, within);
        double centre = centre(known, within, between);
        double precision =
                known.stream().mapToDouble(one -> 1 / (between + within / one.samples())).sum();
        List<Estimate> estimates = new ArrayList<>();
        for (Measured one : measured) {
            double trust = one.samples() == 0 ? 0 : between / (between + within / one.samples());
            double score = one.samples() == 0 ? centre : centre + trust * (one.mean() - centre);
            double variance = (1 - trust) * between + (1 - trust) * (1 - trust) / precision;
            estimates.add(
                    new Estimate(
                            Math.clamp(score, 0, 1),
                            Math.sqrt(Math.max(0, variance)),
                            one.samples()));
        }
        return estimates;
    }

    /** The variance of scores within categories, never 0: a category of equal scores is luck too. */
    private static double within(List<Measured> known, int samples) {
        int freedom = samples - known.size();
        double squares =
                known.stream().mapToDouble(one -> one.squares() - one.sum() * one.mean()).sum();
        return (Math.max(0, squares) + FEW * COIN) / (freedom + FEW);
    }

    private static double between(List<Measured> known, double within) {
        double[] weights = known.stream().mapToDouble(one -> one.samples() / within).toArray();
        double total = Arrays.stream(weights).sum();
        double middle = 0;
        double squaredWeights = 0;
        for (int i = 0; i < weights.length; i++) {
            middle += weights[i] * known.get(i).mean() / total;
            squaredWeights += weights[i] * weights[i];
        }
        double spread = 0;
        for (int i = 0; i < weights.length; i++) {
            double off = known.get(i).mean() - middle;
            spread += weights[i] * off * off;
        }
        double scale = total - squaredWeights / total;
        double expected = weights.length - 1;
        return scale <= 0 ? 0 : Math.max(0, (spread - expected) / scale);
    }

    /** The mean over categories, each weighted by how exactly it is known. */
    private static double centre(List<Measured> known, double within, double between) {
        double sum = 0;
        double total = 0;
        for (Measured one : known) {
            double weight = 1 / (between + within / one.samples());
            sum += weight * one.mean();
            total += weight;
        }
        return sum / total;
    }
}
