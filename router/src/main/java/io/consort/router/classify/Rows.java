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
            Sums.addFour(
                    sum,
                    factors[i],
                    factors[i + 1],
                    factors[i + 2],
                    factors[i + 3],
                    vectors[i],
                    vectors[i + 1],
                    vectors[i + 2],
                    vectors[i + 3]);
        }
        for (; i < vectors.length; i++) {
            Sums.add(sum, factors[i], vectors[i]);
        }
        return sum;
    }
}
