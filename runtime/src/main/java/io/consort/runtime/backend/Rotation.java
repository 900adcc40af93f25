package io.consort.runtime.backend;

/**
 * How positions turn the heads of queries and keys: value {@code i} together with value {@code i +
 * dimensions / 2}. Equal ones turn alike.
 */
public interface Rotation {

    /** Leading values of a head that are rotated, even. */
    int dimensions();

    /**
     * Radians per position for each rotated pair.
     *
     * @param sequenceLength positions of the sequence once the step is done
     */
    float[] frequencies(int sequenceLength);

    /** Whether {@link #frequencies} depends on the length. */
    boolean dependsOnLength();

    /** What cosines and sines are multiplied by. */
    float attentionFactor();
}
