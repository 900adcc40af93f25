package io.consort.router.classify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Turns logits into probabilities that can be trusted: softmax of each logit times its scale plus
 * its shift. A temperature is the case of equal scales and no shifts (Guo et al., On Calibration of
 * Modern Neural Networks, 2017).
 *
 * @param scales [categories]
 * @param shifts [categories]
 */
record Calibration(double[] scales, double[] shifts) {

    private static final double PENALTY = 2;
    private static final int ITERATIONS = 60;
    private static final int FEW = 20;

    static Calibration temperature(int categories, double temperature) {
        double[] scales = new double[categories];
        Arrays.fill(scales, 1 / temperature);
        return new Calibration(scales, new double[categories]);
    }

    /**
     * The better of a temperature and of a scale and shift for each category, by the log loss on the
     * half of the held-out examples that it was not fitted to; then fitted to all of them.
     *
     * @param logits of held-out examples, [categories]
     */
    static Calibration fit(List<double[]> logits, List<Integer> labels, int categories) {
        if (categories < 2 || logits.isEmpty()) {
            return temperature(categories, 1);
        }
        boolean byCategory = false;
        if (logits.size() >= FEW * categories) {
            double common = 0;
            double separate = 0;
            for (int half = 0; half < 2; half++) {
                List<double[]> fitted = half(logits, half);
                List<Integer> fittedLabels = half(labels, half);
                List<double[]> checked = half(logits, 1 - half);
                List<Integer> checkedLabels = half(labels, 1 - half);
                double temperature = Temperature.fit(fitted, fittedLabels);
                Calibration simple = temperature(categories, temperature);
                common += simple.loss(checked, checkedLabels);
                separate += simple.refined(fitted, fittedLabels).loss(checked, checkedLabels);
            }
            byCategory = separate < common;
        }
        Calibration simple = temperature(categories, Temperature.fit(logits, labels));
        return byCategory ? simple.refined(logits, labels) : simple;
    }

    /** The same with one more category, which is calibrated as the others are on average. */
    Calibration extended() {
        double[] scale = Arrays.copyOf(scales, scales.length + 1);
        scale[scales.length] = Arrays.stream(scales).average().orElse(1);
        return new Calibration(scale, Arrays.copyOf(shifts, shifts.length + 1));
    }

    /** The calibrated probability of every category. */
    double[] probabilities(double[] logits) {
        double[] calibrated = new double[scales.length];
        for (int i = 0; i < calibrated.length; i++) {
            calibrated[i] = scales[i] * logits[i] + shifts[i];
        }
        return Softmax.probabilities(calibrated, calibrated.length, 1);
    }

    /** Whether every category has a scale and a shift of its own. */
    boolean isByCategory() {
        return Arrays.stream(shifts).anyMatch(shift -> shift != 0);
    }

    /** The log loss, summed over examples. */
    double loss(List<double[]> logits, List<Integer> labels) {
        double loss = 0;
        for (int i = 0; i < logits.size(); i++) {
            double probability = probabilities(logits.get(i))[labels.get(i)];
            loss -= Math.log(Math.max(probability, 1e-300));
        }
        return loss;
    }

    /** Scales and shifts of their own, pulled towards this calibration's. */
    private Calibration refined(List<double[]> logits, List<Integer> labels) {
        int count = scales.length;
        double[] found =
                Lbfgs.minimise(
                        (point, gradient) -> slope(logits, labels, point, gradient),
                        2 * count,
                        ITERATIONS,
                        1e-2);
        return moved(found);
    }

    /** The point holds the relative changes of the scales, then the changes of the shifts. */
    private Calibration moved(double[] point) {
        double[] scale = scales.clone();
        double[] shift = shifts.clone();
        for (int i = 0; i < scale.length; i++) {
            scale[i] *= 1 + point[i];
            shift[i] += point[scale.length + i];
        }
        return new Calibration(scale, shift);
    }

    private double slope(
            List<double[]> logits, List<Integer> labels, double[] point, double[] gradient) {
        int count = scales.length;
        Calibration here = moved(point);
        double loss = 0;
        for (int i = 0; i < point.length; i++) {
            gradient[i] = PENALTY * point[i];
            loss += PENALTY / 2 * point[i] * point[i];
        }
        for (int example = 0; example < logits.size(); example++) {
            double[] row = logits.get(example);
            double[] probabilities = here.probabilities(row);
            int label = labels.get(example);
            loss -= Math.log(Math.max(probabilities[label], 1e-300));
            for (int i = 0; i < count; i++) {
                double excess = probabilities[i] - (i == label ? 1 : 0);
                gradient[i] += excess * scales[i] * row[i];
                gradient[count + i] += excess;
            }
        }
        return loss;
    }

    private static <T> List<T> half(List<T> all, int half) {
        return IntStream.range(0, all.size())
                .filter(i -> i % 2 == half)
                .mapToObj(all::get)
                .toList();
    }
}
