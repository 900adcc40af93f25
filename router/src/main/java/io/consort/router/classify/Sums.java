package io.consort.router.classify;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds multiples of vectors to a vector, all as long as the sum. Written in vectors because a
 * compiler that sees loops of many lengths unrolls them for the longest, and the short ones then run
 * number by number.
 */
final class Sums {

    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final float SMALL = 1e-6f;

    private Sums() {}

    static void add(float[] sum, float factor, float[] vector) {
        int whole = LANES.loopBound(sum.length);
        int i = 0;
        for (; i < whole; i += LANES.length()) {
            FloatVector.fromArray(LANES, vector, i)
                    .mul(factor)
                    .add(FloatVector.fromArray(LANES, sum, i))
                    .intoArray(sum, i);
        }
        for (; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    /** Adds four vectors at once, so that the sum is read and written less often. */
    static void addFour(
            float[] sum,
            float f0,
            float f1,
            float f2,
            float f3,
            float[] v0,
            float[] v1,
            float[] v2,
            float[] v3) {
        int whole = LANES.loopBound(sum.length);
        int i = 0;
        for (; i < whole; i += LANES.length()) {
            FloatVector first =
                    FloatVector.fromArray(LANES, v0, i)
                            .mul(f0)
                            .add(FloatVector.fromArray(LANES, v1, i).mul(f1));
            FloatVector second =
                    FloatVector.fromArray(LANES, v2, i)
                            .mul(f2)
                            .add(FloatVector.fromArray(LANES, v3, i).mul(f3));
            FloatVector.fromArray(LANES, sum, i).add(first.add(second)).intoArray(sum, i);
        }
        for (; i < sum.length; i++) {
            sum[i] += (f0 * v0[i] + f1 * v1[i]) + (f2 * v2[i] + f3 * v3[i]);
        }
    }

    /**
     * A step of every weight against its slope, a factor times the gradient and a pull towards zero,
     * shorter the steeper its slopes have been (Duchi et al., Adaptive Subgradient Methods, 2011).
     *
     * @param squares the sums of the slopes' squares, which the step adds to
     * @param from the first weight that moves
     * @param to the weight after the last one
     */
    static void descend(
            float[] weights,
            float[] squares,
            float[] gradient,
            float factor,
            float step,
            float pull,
            int from,
            int to) {
        int whole = from + LANES.loopBound(to - from);
        int i = from;
        for (; i < whole; i += LANES.length()) {
            FloatVector weight = FloatVector.fromArray(LANES, weights, i);
            FloatVector slope =
                    FloatVector.fromArray(LANES, gradient, i).mul(factor).add(weight.mul(pull));
            FloatVector square = FloatVector.fromArray(LANES, squares, i).add(slope.mul(slope));
            square.intoArray(squares, i);
            weight.sub(slope.mul(step).div(square.sqrt().add(SMALL))).intoArray(weights, i);
        }
        for (; i < to; i++) {
            float slope = factor * gradient[i] + pull * weights[i];
            squares[i] += slope * slope;
            weights[i] -= step * slope / ((float) Math.sqrt(squares[i]) + SMALL);
        }
    }
}
