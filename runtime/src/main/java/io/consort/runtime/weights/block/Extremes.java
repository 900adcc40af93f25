package io.consort.runtime.weights.block;

/** Extremes of stretches of arrays. */
final class Extremes {

    private Extremes() {}

    /** The value of the largest magnitude, with its sign. */
    static float farthest(float[] values, int from, int size) {
        float extreme = 0;
        for (int i = from; i < from + size; i++) {
            if (Math.abs(values[i]) > Math.abs(extreme)) {
                extreme = values[i];
            }
        }
        return extreme;
    }
}
