package io.consort.runtime.backend;

/** Weights of a root-mean-square norm on a device (Zhang and Sennrich 2019). */
public interface Norm extends AutoCloseable {

    /** Values that are normalised together. */
    int size();

    /** Frees the device's memory, where it has some of its own. */
    @Override
    default void close() {}
}
