package io.consort.runtime.backend;

/**
 * The angles of a step's rows.
 *
 * @param dimensions leading values of a head that are rotated: value {@code i} with value {@code i +
 *     dimensions / 2}
 * @param cosines row after row, {@code dimensions / 2} each
 * @param sines likewise
 */
public record Rotation(int dimensions, float[] cosines, float[] sines) {}
