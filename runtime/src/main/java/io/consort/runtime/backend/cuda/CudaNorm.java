package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;

/** Weights of a norm in float32 on the device. */
record CudaNorm(DeviceMemory memory, int size, float epsilon) implements Norm {

    long address() {
        return memory.address();
    }

    @Override
    public void close() {
        memory.close();
    }
}
