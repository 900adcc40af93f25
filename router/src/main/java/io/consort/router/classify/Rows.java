package io.consort.router.classify;

import java.util.List;

/**
 * A matrix of floats, one row per example. Immutable and thread-safe. Holds its numbers row by row
 * and column by column, so that products with it run along memory either way.
 */
public final class Rows {

    private final int width;
    private final float[][] byRow;
    private final float[][] byColumn;

    private Rows(float[][] byRow, int width) {
        this.width = width;
        this.byRow = byRow;
        this.byColumn = new float[width][byRow.length];
        for (int row = 0; row < byRow.length; row++) {
            for (int column = 0; column < width; column++) {
                byColumn[column][row] = byRow[row][column];
            }
        }
    }

    /**
     * A matrix of these rows.
     *
     * @param rows of length {@code width}; copied
     */
    public static Rows of(List<float[]> rows, int width) {
        return new Rows(rows.stream().map(float[]::clone).toArray(float[][]::new), width);
    }

    /** How many rows there are. */
    public int count() {
        return byRow.length;
    }

    /** The length of every row. */
    public int width() {
        return width;
    }

    /** A copy of a row. */
    public float[] row(int index) {
        return byRow[index].clone();
    }

    /** The product with a vector's first {@link #width()} numbers: one number per row. */
    public float[] times(float[] vector) {
        return combined(byColumn, vector, count());
    }

    /** The sum of the rows, each times its weight: one number per column. */
    public float[] weightedSum(float[] weights) {
        return combined(byRow, weights, width);
    }

    private static float[] combined(float[][] vectors, float[] factors, int length) {
        float[] sum = new float[length];
        int i = 0;
        for (; i + 3 < vectors.length; i += 4) {
            addFour(sum, vectors, factors, i);
        }
        for (; i < vectors.length; i++) {
            float factor = factors[i];
            float[] vector = vectors[i];
            for (int j = 0; j < length; j++) {
                sum[j] += factor * vector[j];
            }
        }
        return sum;
    }

    /** Adds four vectors at once, so that the sum is read and written less often. */
    private static void addFour(float[] sum, float[][] vectors, float[] factors, int first) {
        float[] v0 = vectors[first];
        float[] v1 = vectors[first + 1];
        float[] v2 = vectors[first + 2];
        float[] v3 = vectors[first + 3];
        float f0 = factors[first];
        float f1 = factors[first + 1];
        float f2 = factors[first + 2];
        float f3 = factors[first + 3];
        for (int j = 0; j < sum.length; j++) {
            sum[j] += (f0 * v0[j] + f1 * v1[j]) + (f2 * v2[j] + f3 * v3[j]);
        }
    }
}
