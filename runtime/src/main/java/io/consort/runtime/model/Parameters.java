package io.consort.runtime.model;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** A checkpoint's tensors, checked against its configuration and handed to a backend. */
record Parameters(ModelConfig config, Weights weights, Backend backend) {

    /** One matrix of a stack: its name without the suffix, and the values that it writes. */
    record Part(String name, int out) {}

    /** The matrix of embeddings, [vocabulary, hidden]. */
    Linear embeddings() {
        return matrix("model.embed_tokens");
    }

    /** The matrix that makes logits. */
    Linear head() {
        return config.tiedHead() ? embeddings() : matrix("lm_head");
    }

    /** A norm of {@code size} values. */
    Norm norm(String name, int size) {
        float offset =
                switch (config.architecture()) {
                    case GEMMA2, GEMMA3_TEXT -> 1;
                    case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> 0;
                };
        return backend.norm(weights.require(name + ".weight", size), config.normEpsilon(), offset);
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
        return backend.linear(matrices, biases);
    }

    private Linear matrix(String name) {
        return linear(List.of(new Part(name, config.vocabulary())), config.hidden(), false);
    }
}
