package io.consort.service.bench.load;

import java.util.Arrays;

/** Measured values, of which quantiles are asked later. Not thread-safe. */
public final class Samples {

    private long[] values = new long[1 << 12];
    private int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /**
     * The value that a share of all values does not exceed, by nearest rank; 1 asks for the largest.
     *
     * @throws IllegalStateException where there are no values
     */
    public long quantile(double share) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.clamp(rank - 1, 0, count - 1)];
    }
}
