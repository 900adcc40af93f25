package io.consort.runtime.model;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufFile;
import io.consort.runtime.weights.gguf.GgufMetadata;
import io.consort.runtime.weights.gguf.GgufValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses GGUF files whose model would be computed in a way that is not built here. */
record GgufSupport(GgufFile file, String architecture) {

    private static final String KNOWN = "llama, qwen2, qwen3, gemma2, gemma3, phi3";

    /** Keys, behind the architecture's name, that would change the arithmetic. */
    private static final List<String> UNSUPPORTED =
            List.of(
                    "logit_scale",
                    "residual_scale",
                    "embedding_scale",
                    "attention.clamp_kqv",
                    "attention.max_alibi_bias",
                    "use_parallel_residual",
                    "rope.scaling.yarn_log_multiplier",
                    "expert_count",
                    "embedding_length_per_layer_input",
                    "altup.num_inputs");

    private static final Set<String> ATTENTION =
            Set.of("attn_q", "attn_k", "attn_v", "attn_output");

    /** Projections that may have a bias. */
    private static final Map<String, Set<String>> BIASED =
            Map.of(
                    "llama",
                    Set.of(
                            "attn_q",
                            "attn_k",
                            "attn_v",
                            "attn_output",
                            "ffn_gate",
                            "ffn_up",
                            "ffn_down"),
                    "qwen2",
                    Set.of("attn_q", "attn_k", "attn_v"),
                    "qwen3",
                    ATTENTION,
                    "gemma2",
                    ATTENTION,
                    "gemma3",
                    ATTENTION,
                    "phi3",
                    Set.of());

    /**
     * Accepts a file whose architecture, options and biases are all known.
     *
     * @throws CheckpointException naming the file, the key or tensor, and the remedy
     */
    void require() {
        GgufMetadata metadata = file.metadata();
        Set<String> biased = BIASED.get(architecture);
        if (biased == null) {
            throw unsupported(metadata, "general.architecture", "a model of " + KNOWN);
        }
        for (String name : UNSUPPORTED) {
            String key = architecture + "." + name;
            if (changesSomething(metadata.values().get(key))) {
                throw unsupported(metadata, key, "a model without it");
            }
        }
        String causal = architecture + ".attention.causal";
        if (!metadata.flag(causal, true)) {
            throw unsupported(metadata, causal, "a model with causal attention");
        }
        if (!metadata.text("general.type").orElse("model").equals("model")) {
            throw unsupported(metadata, "general.type", "a file that holds a whole model");
        }
        file.tensors().keySet().forEach(name -> requireKnownBias(name, biased));
    }

    private static boolean changesSomething(@Nullable GgufValue value) {
        return switch (value) {
            case null -> false;
            case GgufValue.Whole whole -> whole.value() != 0;
            case GgufValue.Real real -> real.value() != 0;
            case GgufValue.Flag flag -> flag.value();
            case GgufValue.Text _, GgufValue.Items _ -> true;
        };
    }

    private void requireKnownBias(String tensor, Set<String> biased) {
        String[] parts = tensor.split("\\.", -1);
        boolean bias = parts.length > 1 && parts[parts.length - 1].equals("bias");
        if (bias && !biased.contains(parts[parts.length - 2])) {
            throw new CheckpointException(
                    file.file(),
                    "the bias `%s` is not part of a %s model".formatted(tensor, architecture),
                    "use a file without it");
        }
    }

    /** A value that is not built here. */
    static CheckpointException unsupported(GgufMetadata metadata, String key, String supported) {
        return new CheckpointException(
                metadata.file(),
                "`%s` is %s, which this runtime does not know"
                        .formatted(key, plain(metadata.values().get(key))),
                "use " + supported);
    }

    private static String plain(@Nullable GgufValue value) {
        return switch (value) {
            case null -> "absent";
            case GgufValue.Whole whole -> Long.toString(whole.value());
            case GgufValue.Real real -> Double.toString(real.value());
            case GgufValue.Flag flag -> Boolean.toString(flag.value());
            case GgufValue.Text text -> "\"" + text.value() + "\"";
            case GgufValue.Items items -> "a list of %d values".formatted(items.values().size());
        };
    }
}
