package io.consort.runtime.backend.cpu;

/** Arrays of each worker, which grow as they must. What was in them may be lost. */
final class Scratch {

    private static final int LEAST = 1024;

    private final float[][] arrays;

    Scratch(int workers) {
        arrays = new float[workers][0];
    }

    /** A worker's array, of so many values or more. */
    float[] of(int worker, int size) {
        if (arrays[worker].length < size) {
            arrays[worker] = new float[Math.max(LEAST, size + size / 4)];
        }
        return arrays[worker];
    }
}
