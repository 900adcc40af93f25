package io.consort.runtime.backend;

/** What a gated feed-forward block applies to its gate (Shazeer 2020). */
public enum Activation {
    /** {@code x * sigmoid(x)}. */
    SILU,
    /** GELU in its tanh approximation. */
    GELU_TANH
}
