package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Rows;
import java.util.Arrays;

/** Rows in an array that may be longer than they are. */
final class CpuRows implements Rows {

    private float[] data = new float[0];
    private int count;
    private int width;

    /** Makes room for new contents; what was there is lost. */
    CpuRows shape(int newCount, int newWidth) {
        int size = Math.multiplyExact(newCount, newWidth);
        if (data.length < size) {
            data = new float[size];
        }
        count = newCount;
        width = newWidth;
        return this;
    }

    float[] data() {
        return data;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public int width() {
        return width;
    }

    int size() {
        return count * width;
    }

    @Override
    public float[] toArray() {
        return Arrays.copyOf(data, size());
    }

    @Override
    public void set(float[] values) {
        if (values.length != size()) {
            throw new IllegalArgumentException(
                    "`values` must hold %d x %d numbers, not %d"
                            .formatted(count, width, values.length));
        }
        System.arraycopy(values, 0, data, 0, values.length);
    }
}
