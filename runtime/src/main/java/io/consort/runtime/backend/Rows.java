package io.consort.runtime.backend;

/**
 * A matrix of float32 activations on a device, a row per position. Owned by the {@link Operations}
 * that made it, and valid as long as they say.
 */
public interface Rows {

    /** Number of rows. */
    int count();

    /** Values of a row. */
    int width();

    /** Copies all values to the host, row after row. */
    float[] toArray();

    /**
     * Replaces all values.
     *
     * @param values row after row, exactly {@code count * width}
     */
    void set(float[] values);
}
