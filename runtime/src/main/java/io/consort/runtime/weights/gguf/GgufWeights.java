package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Preparation;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Presents the tensors of a GGUF file in the names and conventions of Hugging Face's checkpoints. */
public final class GgufWeights {

    /** Tensors that belong to the configuration. */
    private static final Set<String> OF_CONFIGURATION =
            Set.of("rope_freqs.weight", "rope_factors_long.weight", "rope_factors_short.weight");

    private GgufWeights() {}

    /**
     * The weights of a file.
     *
     * @param queryHeads of every layer
     * @param keyHeads of every layer
     * @param arena of the file's mapping; the weights close it
     * @throws CheckpointException for a tensor that the architecture does not have
     */
    public static Weights of(GgufFile file, int queryHeads, int keyHeads, Arena arena) {
        String architecture = file.metadata().requiredText("general.architecture");
        GgufNames names = new GgufNames(architecture);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, Preparation> preparations = new HashMap<>();
        for (Tensor tensor : file.tensors().values()) {
            if (OF_CONFIGURATION.contains(tensor.name())) {
                continue;
            }
            String name =
                    names.huggingFace(tensor.name())
                            .orElseThrow(() ->
                                    new CheckpointException(
                                            file.file(),
                                            "the tensor `%s` is not part of a %s model"
                                                    .formatted(tensor.name(), architecture),
                                            "use a file without it"));
            tensors.put(name, tensor);
            if (architecture.startsWith("gemma") && name.endsWith("norm.weight")) {
                preparations.put(name, new LessOne());
            } else if (architecture.equals("llama") && name.contains(".q_proj.")) {
                preparations.put(name, new RowOrder(queryHeads));
            } else if (architecture.equals("llama") && name.contains(".k_proj.")) {
                preparations.put(name, new RowOrder(keyHeads));
            }
        }
        Weights.Origin origin = new Weights.Origin(file.file(), "the metadata", names::own);
        return Weights.of(origin, tensors, preparations, arena);
    }
}
