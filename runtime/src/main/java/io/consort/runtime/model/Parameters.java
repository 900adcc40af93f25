package io.consort.runtime.model;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * A checkpoint's tensors, checked against its configuration and handed to a backend.
 *
 * @param handles frees what was made
 */
record Parameters(ModelConfig config, Weights weights, Backend backend, List<Runnable> handles)
        implements AutoCloseable {

    private static final String EMBEDDINGS = "model.embed_tokens";
    private static final int MATRIX = 2;

    /**
     * Whether vectors are multiplied with a tensor: a matrix other than that of embeddings which are
     * only looked up.
     */
    static boolean isMultiplied(String name, Tensor tensor, boolean tiedHead) {
        boolean embeddings = name.equals(EMBEDDINGS + ".weight");
        return tensor.shape().size() == MATRIX && (tiedHead || !embeddings);
    }

    Parameters(ModelConfig config, Weights weights, Backend backend) {
        this(config, weights, backend, new ArrayList<>());
    }

    /** One matrix of a stack: its name without the suffix, and the values that it writes. */
    record Part(String name, int out) {}

    /** The matrix of embeddings, [vocabulary, hidden], which is also the head's where that is tied. */
    Linear embeddings() {
        if (config.tiedHead()) {
            return matrix(EMBEDDINGS);
        }
        Linear table =
                backend.table(
                        weights.require(
                                EMBEDDINGS + ".weight", config.vocabulary(), config.hidden()));
        handles.add(table::close);
        return table;
    }

    /** The matrix that makes logits, where it is one of its own. */
    Linear head() {
        return matrix("lm_head");
    }

    /** A norm of {@code size} values. */
    Norm norm(String name, int size) {
        float offset =
                switch (config.architecture()) {
                    case GEMMA2, GEMMA3_TEXT -> 1;
                    case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> 0;
                };
        Norm norm =
                backend.norm(weights.require(name + ".weight", size), config.normEpsilon(), offset);
        handles.add(norm::close);
        return norm;
    }

    /** Matrices that read the same {@code in} values. */
    Linear linear(List<Part> parts, int in, boolean biased) {
        List<Tensor> matrices = new ArrayList<>();
        List<Tensor> biases = new ArrayList<>();
        for (Part part : parts) {
            matrices.add(weights.require(part.name() + ".weight", part.out(), in));
            if (biased) {
                biases.add(weights.require(part.name() + ".bias", part.out()));
            }
        }
        Linear linear = backend.linear(matrices, biases);
        handles.add(linear::close);
        return linear;
    }

    private Linear matrix(String name) {
        return linear(List.of(new Part(name, config.vocabulary())), config.hidden(), false);
    }

    /** Frees all that was handed to the backend. */
    @Override
    public void close() {
        handles.forEach(Runnable::run);
        handles.clear();
    }
}
