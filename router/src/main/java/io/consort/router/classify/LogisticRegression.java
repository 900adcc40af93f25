package io.consort.router.classify;

/**
 * Fits multinomial logistic regression with an L2 penalty on the weights, none on the bias.
 * Deterministic.
 */
public final class LogisticRegression {

    private static final int ITERATIONS = 200;
    private static final double TOLERANCE = 1e-2;

    private final Rows features;
    private final int[] labels;
    private final int classes;
    private final double penalty;

    private LogisticRegression(Rows features, int[] labels, int classes, double penalty) {
        this.features = features;
        this.labels = labels;
        this.classes = classes;
        this.penalty = penalty;
    }

    /**
     * The model that minimises the sum of the examples' log losses plus half the penalty times the
     * squared weights.
     *
     * @param labels one per row of the features, from 0 to {@code classes} - 1
     */
    public static LinearModel fit(Rows features, int[] labels, int classes, double penalty) {
        LogisticRegression problem = new LogisticRegression(features, labels, classes, penalty);
        int width = features.width();
        double[] point =
                Lbfgs.minimise(problem::loss, classes * (width + 1), ITERATIONS, TOLERANCE);
        float[][] weights = new float[classes][];
        float[] bias = new float[classes];
        for (int c = 0; c < classes; c++) {
            weights[c] = problem.weights(point, c);
            bias[c] = (float) point[c * (width + 1) + width];
        }
        return new LinearModel(weights, bias);
    }

    /** Point and gradient hold each class's weights and then its bias. */
    private double loss(double[] point, double[] gradient) {
        int width = features.width();
        float[][] scores = new float[classes][];
        double loss = 0;
        for (int c = 0; c < classes; c++) {
            scores[c] = features.times(weights(point, c));
        }
        float[][] residuals = new float[classes][features.count()];
        for (int row = 0; row < features.count(); row++) {
            loss += residuals(row, point, scores, residuals);
        }
        for (int c = 0; c < classes; c++) {
            float[] sum = features.weightedSum(residuals[c]);
            int offset = c * (width + 1);
            for (int i = 0; i < width; i++) {
                double weight = point[offset + i];
                gradient[offset + i] = sum[i] + penalty * weight;
                loss += 0.5 * penalty * weight * weight;
            }
            double biasGradient = 0;
            for (float residual : residuals[c]) {
                biasGradient += residual;
            }
            gradient[offset + width] = biasGradient;
        }
        return loss;
    }

    private double residuals(int row, double[] point, float[][] scores, float[][] residuals) {
        int width = features.width();
        double[] logits = new double[classes];
        for (int c = 0; c < classes; c++) {
            logits[c] = scores[c][row] + point[c * (width + 1) + width];
        }
        double total = Softmax.logSumExp(logits, classes);
        for (int c = 0; c < classes; c++) {
            residuals[c][row] = (float) (Math.exp(logits[c] - total) - (c == labels[row] ? 1 : 0));
        }
        return total - logits[labels[row]];
    }

    private float[] weights(double[] point, int c) {
        int width = features.width();
        float[] weights = new float[width];
        for (int i = 0; i < width; i++) {
            weights[i] = (float) point[c * (width + 1) + i];
        }
        return weights;
    }
}
