package io.consort.router.outcomes;

/** A symmetric positive definite matrix as the product of a lower triangle and its transpose. */
record Cholesky(double[][] lower) {

    /**
     * Factors a matrix in its place.
     *
     * @param matrix its lower triangle is read and overwritten
     */
    static Cholesky of(double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            double[] row = matrix[i];
            for (int j = 0; j < i; j++) {
                row[j] = (row[j] - product(row, matrix[j], j)) / matrix[j][j];
            }
            row[i] = Math.sqrt(row[i] - product(row, row, i));
        }
        return new Cholesky(matrix);
    }

    /** The vector whose product with the matrix is this one. */
    double[] solve(double[] vector) {
        double[] solution = vector.clone();
        for (int i = 0; i < solution.length; i++) {
            solution[i] = (solution[i] - product(lower[i], solution, i)) / lower[i][i];
        }
        for (int i = solution.length - 1; i >= 0; i--) {
            solution[i] /= lower[i][i];
            for (int j = 0; j < i; j++) {
                solution[j] -= lower[i][j] * solution[i];
            }
        }
        return solution;
    }

    private static double product(double[] one, double[] other, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
