package io.consort.runtime.weights.block;

/**
 * Values written as {@code step * number - base}.
 *
 * @param step not negative
 * @param base not negative
 */
record AffineFit(float step, float base) {

    /** How many steps beside the obvious one are tried. */
    private static final int TRIALS = 8;

    private static final float TRIAL = 0.1f;

    /**
     * A fit of small squared error with numbers from 0 to {@code most}: from several first steps, the
     * numbers are rounded and the line through them is solved by least squares.
     */
    static AffineFit of(float[] values, int from, int size, int most) {
        float least = 0;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = from; i < from + size; i++) {
            least = Math.min(least, values[i]);
            largest = Math.max(largest, values[i]);
        }
        if (largest <= least) {
            return new AffineFit(0, -least);
        }
        AffineFit best = new AffineFit((largest - least) / most, -least);
        double bestError = best.error(values, from, size, most);
        for (int trial = -TRIALS; trial <= TRIALS; trial++) {
            float step = (largest - least) / (most + TRIAL * trial);
            AffineFit fit = new AffineFit(step, -least).solved(values, from, size, most);
            double error = fit.error(values, from, size, most);
            if (error < bestError) {
                best = fit;
                bestError = error;
            }
        }
        return best;
    }

    /** The number nearest to a value. */
    int number(float value, int most) {
        return Bytes.nearest(value + base, step, 0, most);
    }

    /** The best line for the numbers that this fit gives the values. */
    private AffineFit solved(float[] values, int from, int size, int most) {
        double numbers = 0;
        double squares = 0;
        double sum = 0;
        double products = 0;
        for (int i = from; i < from + size; i++) {
            int number = number(values[i], most);
            numbers += number;
            squares += (double) number * number;
            sum += values[i];
            products += (double) number * values[i];
        }
        double determinant = size * squares - numbers * numbers;
        if (determinant == 0) {
            return this;
        }
        double newStep = (size * products - numbers * sum) / determinant;
        double newBase = (numbers * products - squares * sum) / determinant;
        if (newBase < 0) {
            newBase = 0;
            newStep = products / squares;
        }
        return newStep > 0 ? new AffineFit((float) newStep, (float) newBase) : this;
    }

    private double error(float[] values, int from, int size, int most) {
        double error = 0;
        for (int i = from; i < from + size; i++) {
            double difference = step * number(values[i], most) - base - values[i];
            error += difference * difference;
        }
        return error;
    }
}
