package io.consort.runtime.backend;

/** Weights of a root-mean-square norm on a device (Zhang and Sennrich 2019). */
public interface Norm {

    /** Values that are normalised together. */
    int size();
}
