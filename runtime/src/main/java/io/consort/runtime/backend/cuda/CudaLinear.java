package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Linear;

/**
 * Matrices stacked to one on the device.
 *
 * @param free gives its memory back, where it has some of its own
 * @param weights address of the matrix
 * @param scales address of its scales, or 0
 * @param bias address of float32 biases, or 0
 */
record CudaLinear(
        Format format, Runnable free, long weights, long scales, long bias, int in, int out)
        implements Linear {

    /** Whether the kernels with tensor cores take it. */
    boolean isFast() {
        return format != Format.F32 && in % format.piece() == 0;
    }

    @Override
    public void close() {
        free.run();
    }
}
