package io.consort.runtime.backend;

import io.consort.runtime.weights.Tensor;
import java.util.List;

/**
 * A device that models run on. Handles that it makes are used only with it and its operations, and
 * only until the weights they were made from are closed; whoever asked for them closes them.
 * Thread-safe.
 */
public interface Backend extends AutoCloseable {

    /** Its name in configuration and reports. */
    String name();

    /** Bytes of weights that it can hold. */
    long weightCapacity();

    /**
     * Says that the weights that are asked for from now on belong to the next part of a model, as {@link
     * Operations#use} counts parts.
     */
    default void beginPart() {}

    /**
     * Matrices stacked to one.
     *
     * @param matrices each of shape [out, in] with the same {@code in}
     * @param biases of shape [out], one for each matrix, or none at all
     */
    Linear linear(List<Tensor> matrices, List<Tensor> biases);

    /**
     * A matrix whose rows are only looked up, see {@link Operations#embed}: nothing is multiplied with
     * it.
     *
     * @param matrix of shape [out, in]
     */
    default Linear table(Tensor matrix) {
        return linear(List.of(matrix), List.of());
    }

    /**
     * Bytes of the process's memory that a copy of a matrix takes at most, with which {@link #linear}
     * computes instead; none where the weights are read as they are, or lie on another device.
     */
    default long copiedBytes(Tensor matrix) {
        return 0;
    }

    /**
     * A norm.
     *
     * @param offset what is added to each weight: 1 where a checkpoint stores weights as distances
     *     from one
     */
    Norm norm(Tensor weight, float epsilon, float offset);

    /** Room for keys and values of {@code blocks} blocks. */
    KvStore store(int layers, Heads heads, int blocks);

    /** Bytes that one value of a store takes. */
    default int storeBytesPerValue() {
        return Float.BYTES;
    }

    /** Operations with scratch memory of their own; the caller closes them. */
    Operations operations();

    @Override
    void close();
}
