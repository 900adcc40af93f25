package io.consort.runtime.model;

import java.util.Arrays;
import java.util.Optional;

/** The decoder families that can be run, by the name that Hugging Face checkpoints use. */
public enum Architecture {
    LLAMA("llama"),
    MISTRAL("mistral"),
    QWEN2("qwen2"),
    QWEN3("qwen3"),
    GEMMA2("gemma2"),
    GEMMA3_TEXT("gemma3_text"),
    PHI3("phi3");

    private final String modelType;

    Architecture(String modelType) {
        this.modelType = modelType;
    }

    /** The value of {@code model_type} in config.json. */
    public String modelType() {
        return modelType;
    }

    static Optional<Architecture> of(String modelType) {
        return Arrays.stream(values())
                .filter(architecture -> architecture.modelType.equals(modelType))
                .findFirst();
    }
}
