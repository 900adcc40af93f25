package io.consort.router.classify;

import java.util.List;

/** Calibration by one number (Guo et al., On Calibration of Modern Neural Networks, 2017). */
final class Temperature {

    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final int ROUNDS = 32;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Temperature() {}

    /**
     * The temperature under which held-out logits explain their labels best, found by golden section
     * on its logarithm; 1 where there is nothing to learn from.
     *
     * @param logits per example, [classes]
     */
    static double fit(List<double[]> logits, List<Integer> labels) {
        if (logits.isEmpty() || logits.getFirst().length < 2) {
            return 1;
        }
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int round = 0; round < ROUNDS; round++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(logits, labels, Math.exp(left)) <= loss(logits, labels, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    private static double loss(List<double[]> logits, List<Integer> labels, double temperature) {
        double loss = 0;
        for (int i = 0; i < logits.size(); i++) {
            double[] probabilities =
                    Softmax.probabilities(logits.get(i), logits.get(i).length, temperature);
            loss -= Math.log(Math.max(probabilities[labels.get(i)], 1e-300));
        }
        return loss;
    }
}
