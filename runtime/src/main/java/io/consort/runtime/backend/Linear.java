package io.consort.runtime.backend;

/** A weight matrix on a device, with or without a bias. */
public interface Linear {

    /** Values that it reads. */
    int in();

    /** Values that it writes. */
    int out();
}
