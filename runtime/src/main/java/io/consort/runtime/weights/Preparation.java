package io.consort.runtime.weights;

import java.lang.foreign.Arena;

/** Turns a tensor as it is stored into one in the conventions of Hugging Face's checkpoints. */
@FunctionalInterface
public interface Preparation {

    /**
     * The tensor in those conventions.
     *
     * @param arena holds what has to be copied
     */
    Tensor prepare(Tensor stored, Arena arena);

    /** Bytes that are copied for it at most. */
    default long copiedBytes(Tensor stored) {
        return stored.data().byteSize();
    }
}
