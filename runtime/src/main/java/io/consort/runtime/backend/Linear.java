package io.consort.runtime.backend;

/** A weight matrix on a device, with or without a bias. */
public interface Linear extends AutoCloseable {

    /** Values that it reads. */
    int in();

    /** Values that it writes. */
    int out();

    /** Frees the device's memory, where it has some of its own. */
    @Override
    default void close() {}
}
