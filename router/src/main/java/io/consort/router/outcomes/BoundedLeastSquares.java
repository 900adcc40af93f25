package io.consort.router.outcomes;

import java.util.Arrays;

/** Weights from 0 to 1 that explain targets by points; not thread-safe. */
final class BoundedLeastSquares {

    private static final int ROUNDS = 500;

    private final double[][] normal;
    private final double[] targets;

    BoundedLeastSquares(int size) {
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

    /** The weights, by coordinate descent; 1 where the observations tell nothing. */
    double[] solve() {
        double[] weights = new double[targets.length];
        Arrays.fill(weights, 1);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < weights.length; i++) {
                double rest = targets[i];
                for (int j = 0; j < weights.length; j++) {
                    rest -= j == i ? 0 : normal[i][j] * weights[j];
                }
                weights[i] = normal[i][i] > 0 ? Math.clamp(rest / normal[i][i], 0, 1) : weights[i];
            }
        }
        return weights;
    }
}
