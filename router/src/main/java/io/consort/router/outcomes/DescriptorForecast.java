package io.consort.router.outcomes;

import io.consort.router.rule.DescriptionRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Matches a query with one descriptor per model by {@link DescriptionRule}: a close match decides, a
 * weak one leaves it to the model with the best mean score. A descriptor is the direction of a
 * sentence about the model, or else the middle of at most three training prompts on which the model
 * surpasses the others most.
 */
final class DescriptorForecast {

    private static final int SAMPLES = 3;

    private DescriptorForecast() {}

    static Forecast fit(List<Query> train) {
        int models = train.getFirst().prompt().scores().length;
        return fit(train, IntStream.range(0, models).mapToObj(m -> middle(train, m)).toList());
    }

    /**
     * Learns when a match is close.
     *
     * @param descriptors the direction of each model's descriptor, at most as long as features
     */
    static Forecast fit(List<Query> train, List<float[]> descriptors) {
        double[] overall = MeanScores.of(train).overall();
        DescriptionRule rule = rule(train, descriptors);
        return query -> {
            double[] cosines = DescriptionRule.cosines(descriptors, query.features());
            return rule.pins(cosines[DescriptionRule.nearest(cosines)]) ? cosines : overall;
        };
    }

    /** When a match is close: where following it gains on train. */
    static DescriptionRule rule(List<Query> train, List<float[]> descriptors) {
        double[] overall = MeanScores.of(train).overall();
        List<DescriptionRule.Match> matches = new ArrayList<>();
        for (Query query : train) {
            double[] scores = query.prompt().scores();
            double[] cosines = DescriptionRule.cosines(descriptors, query.features());
            int match = best(cosines, scores);
            double gain = scores[match] - scores[best(overall, scores)];
            matches.add(new DescriptionRule.Match(cosines[match], gain));
        }
        return DescriptionRule.fit(matches);
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
