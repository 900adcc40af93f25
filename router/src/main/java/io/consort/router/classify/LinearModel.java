package io.consort.router.classify;

/**
 * Scores of classes that are linear in the features.
 *
 * @param weights [classes][features]
 * @param bias [classes]
 */
public record LinearModel(float[][] weights, float[] bias) {

    /** How many classes are scored. */
    public int classes() {
        return bias.length;
    }

    /** The logits of one query, [classes]. */
    public double[] logits(float[] features) {
        double[] logits = new double[classes()];
        for (int c = 0; c < logits.length; c++) {
            float[] row = weights[c];
            double sum = bias[c];
            for (int i = 0; i < row.length; i++) {
                sum += row[i] * features[i];
            }
            logits[c] = sum;
        }
        return logits;
    }
}
