package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.cuda.driver.Element;

/** Rows in the scratch memory of a device. */
record CudaRows(CudaOperations owner, long address, int count, int width, Element element)
        implements Rows {

    long size() {
        return (long) count * width;
    }

    long bytes() {
        return size() * element.bytes();
    }

    @Override
    public float[] toArray() {
        return owner.read(this);
    }

    @Override
    public void set(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "`values` must hold %d x %d numbers, not %d"
                            .formatted(count, width, values.length));
        }
        owner.write(this, values);
    }
}
