package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The numerical parts against what can be worked out otherwise. */
final class MathematicsTest {

    @Test
    void separationIsTheShareOfPairsInTheRightOrder() {
        assertThat(Separation.of(new double[] {0.1, 0.2}, new double[] {0.3, 0.4})).isEqualTo(1);
        assertThat(Separation.of(new double[] {0.1, 0.5}, new double[] {0.3, 0.5}))
                .isEqualTo((1 + 0 + 1 + 0.5) / 4);
        assertThat(Separation.of(new double[] {1}, new double[0])).isNaN();
    }

    @Test
    void aDoubtThatSeparatesWorseLosesTheDifferenceAndAnError() {
        Separation.Doubts better =
                new Separation.Doubts(new double[] {0.1, 0.2}, new double[] {0.3, 0.4});
        Separation.Doubts worse =
                new Separation.Doubts(new double[] {0.1, 0.35}, new double[] {0.3, 0.4});
        assertThat(Separation.loss(better, better)).isZero();
        assertThat(Separation.loss(better, worse))
                .isCloseTo(0.25 + Math.sqrt(2 * 0.25 * 0.25 / 2), within(1e-9));
    }

    @Test
    void lbfgsFindsTheMinimumOfAnIllConditionedBowl() {
        double[] scale = {1, 10, 100, 1_000};
        double[] minimum =
                Lbfgs.minimise(
                        (point, gradient) -> {
                            double value = 0;
                            for (int i = 0; i < point.length; i++) {
                                double off = point[i] - i;
                                value += 0.5 * scale[i] * off * off;
                                gradient[i] = scale[i] * off;
                            }
                            return value;
                        },
                        4,
                        200,
                        1e-9);
        assertThat(minimum).containsExactly(new double[] {0, 1, 2, 3}, within(1e-6));
    }

    @Test
    void theFitOfOneFeatureAgreesWithNewtonsMethod() {
        List<float[]> rows = new ArrayList<>();
        int[] labels = new int[40];
        Random random = new Random(3);
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i % 2;
            rows.add(new float[] {(float) (random.nextGaussian() + labels[i])});
        }
        LinearModel fitted = LogisticRegression.fit(Rows.of(rows, 1), labels, 2, 0.5);
        double weight = fitted.weights()[1][0] - fitted.weights()[0][0];
        double bias = fitted.bias()[1] - fitted.bias()[0];
        double[] expected = newton(rows, labels, 0.25);
        assertThat(weight).isCloseTo(expected[0], within(5e-3));
        assertThat(bias).isCloseTo(expected[1], within(5e-3));
    }

    @Test
    void rowsMultiplyBothWays() {
        Rows rows = Rows.of(List.of(new float[] {1, 2, 3}, new float[] {4, 5, 6}), 3);
        assertThat(rows.times(new float[] {1, 0, -1})).containsExactly(-2, -2);
        assertThat(rows.weightedSum(new float[] {2, 1})).containsExactly(6, 9, 12);
        assertThat(rows.row(1)).containsExactly(4, 5, 6);
    }

    @Test
    void theTemperatureUndoesOverconfidence() {
        Random random = new Random(5);
        List<double[]> logits = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            double[] honest = {random.nextGaussian(), random.nextGaussian(), 0};
            double[] probabilities = Softmax.probabilities(honest, 3, 1);
            double draw = random.nextDouble();
            labels.add(
                    draw < probabilities[0]
                            ? 0
                            : draw < probabilities[0] + probabilities[1] ? 1 : 2);
            logits.add(new double[] {3 * honest[0], 3 * honest[1], 0});
        }
        assertThat(Temperature.fit(logits, labels)).isCloseTo(3, within(0.3));
    }

    @Test
    void softmaxSurvivesLargeLogits() {
        assertThat(Softmax.probabilities(new double[] {1_000, 1_000, -1_000}, 3, 1))
                .containsExactly(new double[] {0.5, 0.5, 0}, within(1e-12));
    }

    @Test
    void clustersFindTheKinds() {
        Points points = new Points(1);
        List<float[]> rows = new ArrayList<>();
        for (int kind = 0; kind < 4; kind++) {
            rows.addAll(points.kind(kind, 10, 0.1));
        }
        int[] clusters = Clusters.of(Rows.of(rows, Points.WIDTH), 4);
        for (int i = 0; i < clusters.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(clusters[i] == clusters[j]).isEqualTo(i / 10 == j / 10);
            }
        }
    }

    /** Weight and bias of two-class regression whose weight alone is penalised. */
    private static double[] newton(List<float[]> rows, int[] labels, double penalty) {
        double w = 0;
        double b = 0;
        for (int round = 0; round < 50; round++) {
            double gw = penalty * w;
            double gb = 0;
            double hww = penalty;
            double hwb = 0;
            double hbb = 0;
            for (int i = 0; i < labels.length; i++) {
                double x = rows.get(i)[0];
                double p = Softmax.sigmoid(w * x + b);
                gw += (p - labels[i]) * x;
                gb += p - labels[i];
                double curvature = p * (1 - p);
                hww += curvature * x * x;
                hwb += curvature * x;
                hbb += curvature;
            }
            double determinant = hww * hbb - hwb * hwb;
            w -= (hbb * gw - hwb * gb) / determinant;
            b -= (hww * gb - hwb * gw) / determinant;
        }
        return new double[] {w, b};
    }
}
