package io.consort.runtime.weights;

/**
 * Bytes of this machine's memory that weights take.
 *
 * @param mapped of files that are read where they are mapped, which the system can read again
 * @param copied into memory of the process
 */
public record Footprint(long mapped, long copied) {

    /** All of it. */
    public long bytes() {
        return mapped + copied;
    }
}
