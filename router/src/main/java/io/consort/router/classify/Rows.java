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

    /** The sum of the vectors, each times its factor; what counts nothing takes no time. */
    private static float[] combined(float[][] vectors, float[] factors, int length) {
        int[] used = new int[vectors.length];
        int count = 0;
        for (int i = 0; i < used.length; i++) {
            if (factors[i] != 0) {
                used[count] = i;
                count++;
            }
        }
        float[] sum = new float[length];
        int i = 0;
        for (; i + 3 < count; i += 4) {
            Sums.addFour(
                    sum,
                    factors[used[i]],
                    factors[used[i + 1]],
                    factors[used[i + 2]],
                    factors[used[i + 3]],
                    vectors[used[i]],
                    vectors[used[i + 1]],
                    vectors[used[i + 2]],
                    vectors[used[i + 3]]);
        }
        for (; i < count; i++) {
            Sums.add(sum, factors[used[i]], vectors[used[i]]);
        }
        return sum;
    }
}
