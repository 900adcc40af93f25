package io.consort.runtime.tiers;

/** Where weights can lie, the fastest first. */
public enum Tier {
    /** Memory of the accelerator. */
    DEVICE,
    /** Host memory that the accelerator copies from at the link's full speed. */
    PINNED,
    /** A file, which never changes, so that leaving a faster tier is only forgetting. */
    FILE
}
