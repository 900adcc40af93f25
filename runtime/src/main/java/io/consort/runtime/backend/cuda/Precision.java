package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Element;

/** What the CUDA backend computes with. */
public enum Precision {
    /**
     * Activations between products and the cache in the weights' sixteen bits, sums and the residual
     * stream in float32. Fast.
     */
    MIXED,
    /** Everything in float32, as the CPU backend computes. Slow; what the other is checked against. */
    FULL;

    /** What products of weights in a format read. */
    Element activation(Format format) {
        return this == FULL || format == Format.F32 ? Element.F32 : format.activation();
    }
}
