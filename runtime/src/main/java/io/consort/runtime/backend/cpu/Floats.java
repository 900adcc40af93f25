package io.consort.runtime.backend.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Vector arithmetic on float arrays. */
final class Floats {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private Floats() {}

    static float dot(float[] a, int aFrom, float[] b, int bFrom, int size) {
        int bound = SPECIES.loopBound(size);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, aFrom + i);
            sum = left.fma(FloatVector.fromArray(SPECIES, b, bFrom + i), sum);
        }
        float total = sum.reduceLanes(VectorOperators.ADD);
        for (int i = bound; i < size; i++) {
            total += a[aFrom + i] * b[bFrom + i];
        }
        return total;
    }

    /** {@code target = x * scale * weight}, as long as the weight. */
    static void scaledProduct(
            float[] x, int from, float[] weight, float scale, float[] target, int to) {
        int bound = SPECIES.loopBound(weight.length);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector.fromArray(SPECIES, x, from + i)
                    .mul(scale)
                    .mul(FloatVector.fromArray(SPECIES, weight, i))
                    .intoArray(target, to + i);
        }
        for (int i = bound; i < weight.length; i++) {
            target[to + i] = x[from + i] * scale * weight[i];
        }
    }

    /** {@code x += y} for the first values of both. */
    static void add(float[] x, float[] y, int size) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i)
                    .add(FloatVector.fromArray(SPECIES, y, i))
                    .intoArray(x, i);
        }
        for (int i = bound; i < size; i++) {
            x[i] += y[i];
        }
    }

    /** {@code x *= scale} for the values from {@code from} on. */
    static void scale(float[] x, int from, int size, float scale) {
        int bound = SPECIES.loopBound(size);
        for (int i = from; i < from + bound; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i).mul(scale).intoArray(x, i);
        }
        for (int i = from + bound; i < from + size; i++) {
            x[i] *= scale;
        }
    }

    /** {@code x = cap * tanh(x / cap)}. */
    static void softCap(float[] x, int size, float cap) {
        int bound = SPECIES.loopBound(size);
        for (int i = 0; i < bound; i += LANES) {
            FloatVector.fromArray(SPECIES, x, i)
                    .div(cap)
                    .lanewise(VectorOperators.TANH)
                    .mul(cap)
                    .intoArray(x, i);
        }
        for (int i = bound; i < size; i++) {
            x[i] = (float) Math.tanh(x[i] / cap) * cap;
        }
    }

    /** Replaces scores by their softmax, up to a factor. Their number is a multiple of the lanes. */
    static float expAndSum(float[] scores, int size) {
        FloatVector largest = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < size; i += LANES) {
            largest = largest.max(FloatVector.fromArray(SPECIES, scores, i));
        }
        float max = largest.reduceLanes(VectorOperators.MAX);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0; i < size; i += LANES) {
            FloatVector e =
                    FloatVector.fromArray(SPECIES, scores, i)
                            .sub(max)
                            .lanewise(VectorOperators.EXP);
            e.intoArray(scores, i);
            sum = sum.add(e);
        }
        return sum.reduceLanes(VectorOperators.ADD);
    }

    /** The place of the largest value, from 0; -1 where one is not a number or all are infinite. */
    static int largest(float[] values, int offset, int count) {
        int best = 0;
        for (int i = 0; i < count; i++) {
            float value = values[offset + i];
            if (!(value < Float.POSITIVE_INFINITY)) {
                return -1;
            }
            best = value > values[offset + best] ? i : best;
        }
        return values[offset + best] == Float.NEGATIVE_INFINITY ? -1 : best;
    }
}
