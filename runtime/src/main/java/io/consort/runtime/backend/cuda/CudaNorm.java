package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Norm;

/**
 * Weights of a norm in float32 on the device.
 *
 * @param free gives its memory back, where it has some of its own
 */
record CudaNorm(Runnable free, long address, int size, float epsilon) implements Norm {

    @Override
    public void close() {
        free.run();
    }
}
