package io.consort.router.outcomes;

import java.util.Arrays;

/** Weights of at least zero that explain targets by points; not thread-safe. */
final class NonNegativeLeastSquares {

    private final double[][] normal;
    private final double[] targets;

    NonNegativeLeastSquares(int size) {
        normal = new double[size][size];
        targets = new double[size];
    }

    /** Observes a point, which is not kept, and its target. */
    void add(double[] point, double target) {
        for (int i = 0; i < point.length; i++) {
            targets[i] += point[i] * target;
            for (int j = 0; j < point.length; j++) {
                normal[i][j] += point[i] * point[j];
            }
        }
    }

    /** The weights, by coordinate descent; equal ones where the observations tell nothing. */
    double[] solve(int rounds) {
        double[] weights = new double[targets.length];
        Arrays.fill(weights, 1.0 / weights.length);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < weights.length; i++) {
                double rest = targets[i];
                for (int j = 0; j < weights.length; j++) {
                    rest -= j == i ? 0 : normal[i][j] * weights[j];
                }
                weights[i] = normal[i][i] > 0 ? Math.max(0, rest / normal[i][i]) : weights[i];
            }
        }
        if (Arrays.stream(weights).sum() == 0) {
            Arrays.fill(weights, 1.0 / weights.length);
        }
        return weights;
    }
}
