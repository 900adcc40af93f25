package io.consort.router.outcomes;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Matches a query with one descriptor per model, in two regimes as GLIDER's global router: a clear
 * match decides, a weak one leaves it to the model with the best mean score. From which margin on a
 * match is clear is fitted on train. A descriptor is the text that the set brings, or else the
 * middle of at most three training prompts on which the model surpasses the others most.
 */
final class DescriptorForecast {

    private static final int SAMPLES = 3;
    private static final int STEPS = 40;

    private final double[] overall;

    /** [model][dimension] */
    private final float[][] descriptors;

    private final double margin;

    private DescriptorForecast(double[] overall, float[][] descriptors, double margin) {
        this.overall = overall;
        this.descriptors = descriptors;
        this.margin = margin;
    }

    static Forecast fit(List<Query> train) {
        int models = train.getFirst().prompt().scores().length;
        return fit(
                train,
                IntStream.range(0, models).mapToObj(m -> middle(train, m)).toArray(float[][]::new));
    }

    /**
     * Learns the margin.
     *
     * @param descriptors the direction of each model's descriptor, at most as long as features
     */
    static Forecast fit(List<Query> train, float[][] descriptors) {
        double[] overall = MeanScores.of(train).overall();
        double[] margins = new double[train.size()];
        double[] gains = new double[train.size()];
        DescriptorForecast always = new DescriptorForecast(overall, descriptors, 0);
        for (int i = 0; i < margins.length; i++) {
            double[] scores = train.get(i).prompt().scores();
            double[] matches = always.matches(train.get(i));
            int match = best(matches, scores);
            margins[i] = margin(matches);
            gains[i] = scores[match] - scores[best(overall, scores)];
        }
        DescriptorForecast fitted =
                new DescriptorForecast(overall, descriptors, clear(margins, gains));
        return fitted::of;
    }

    private double[] of(Query query) {
        double[] matches = matches(query);
        return margin(matches) >= margin ? matches : overall;
    }

    private double[] matches(Query query) {
        double[] matches = new double[descriptors.length];
        for (int m = 0; m < matches.length; m++) {
            for (int i = 0; i < descriptors[m].length; i++) {
                matches[m] += descriptors[m][i] * query.features()[i];
            }
        }
        return matches;
    }

    /** The margin above which following the match gains most on train. */
    private static double clear(double[] margins, double[] gains) {
        double best = 0;
        double clear = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            double threshold = Figures.quantile(margins, (double) step / STEPS);
            double gain = 0;
            for (int i = 0; i < margins.length; i++) {
                gain += margins[i] >= threshold ? gains[i] : 0;
            }
            if (gain > best) {
                best = gain;
                clear = threshold;
            }
        }
        return clear;
    }

    private static double margin(double[] matches) {
        double[] sorted = matches.clone();
        Arrays.sort(sorted);
        return sorted.length < 2 ? 0 : sorted[sorted.length - 1] - sorted[sorted.length - 2];
    }

    private static int best(double[] values, double[] scores) {
        int best = -1;
        for (int m = 0; m < values.length; m++) {
            if (!Double.isNaN(scores[m]) && (best < 0 || values[m] > values[best])) {
                best = m;
            }
        }
        return best;
    }

    /** The middle of the prompts on which a model surpasses the mean of the others most. */
    private static float[] middle(List<Query> train, int model) {
        float[] middle = new float[train.getFirst().features().length];
        train.stream()
                .filter(query -> query.prompt().asked(model))
                .sorted(Comparator.comparingDouble(query -> -surplus(query, model)))
                .limit(SAMPLES)
                .forEach(query -> {
                    for (int i = 0; i < middle.length; i++) {
                        middle[i] += query.features()[i] / SAMPLES;
                    }
                });
        return middle;
    }

    private static double surplus(Query query, int model) {
        double[] scores = query.prompt().scores();
        return scores[model]
                - Arrays.stream(scores).filter(score -> !Double.isNaN(score)).average().orElse(0);
    }
}
