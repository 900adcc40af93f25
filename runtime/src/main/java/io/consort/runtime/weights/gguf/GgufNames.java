package io.consort.runtime.weights.gguf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The names of tensors in GGUF files and in Hugging Face's checkpoints. */
final class GgufNames {

    private static final String LAYER = "blk.";
    private static final String HUGGING_FACE_LAYER = "model.layers.";

    private static final Map<String, String> WHOLE =
            Map.of(
                    "token_embd", "model.embed_tokens",
                    "output_norm", "model.norm",
                    "output", "lm_head");

    private static final Map<String, String> COMMON =
            Map.ofEntries(
                    Map.entry("attn_norm", "input_layernorm"),
                    Map.entry("attn_q", "self_attn.q_proj"),
                    Map.entry("attn_k", "self_attn.k_proj"),
                    Map.entry("attn_v", "self_attn.v_proj"),
                    Map.entry("attn_qkv", "self_attn.qkv_proj"),
                    Map.entry("attn_output", "self_attn.o_proj"),
                    Map.entry("attn_q_norm", "self_attn.q_norm"),
                    Map.entry("attn_k_norm", "self_attn.k_norm"),
                    Map.entry("ffn_norm", "post_attention_layernorm"),
                    Map.entry("ffn_gate", "mlp.gate_proj"),
                    Map.entry("ffn_up", "mlp.up_proj"),
                    Map.entry("ffn_down", "mlp.down_proj"));

    private final Map<String, String> parts = new HashMap<>(COMMON);

    /**
     * The names of an architecture.
     *
     * @param architecture as {@code general.architecture} has it
     */
    GgufNames(String architecture) {
        if (architecture.startsWith("gemma")) {
            parts.put("post_attention_norm", "post_attention_layernorm");
            parts.put("ffn_norm", "pre_feedforward_layernorm");
            parts.put("post_ffw_norm", "post_feedforward_layernorm");
        } else if (architecture.equals("phi3")) {
            parts.put("ffn_up", "mlp.gate_up_proj");
        }
    }

    /** The name in Hugging Face's checkpoints; absent for a tensor that they do not have. */
    Optional<String> huggingFace(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String stem = name.substring(0, dot);
        String suffix = name.substring(dot);
        if (!stem.startsWith(LAYER)) {
            return Optional.ofNullable(WHOLE.get(stem)).map(whole -> whole + suffix);
        }
        int end = stem.indexOf('.', LAYER.length());
        if (end < 0) {
            return Optional.empty();
        }
        String layer = stem.substring(LAYER.length(), end);
        return Optional.ofNullable(parts.get(stem.substring(end + 1)))
                .map(part -> HUGGING_FACE_LAYER + layer + "." + part + suffix);
    }

    /** The name in GGUF files of a tensor of Hugging Face's checkpoints, or the name itself. */
    String own(String huggingFace) {
        int dot = huggingFace.lastIndexOf('.');
        String stem = huggingFace.substring(0, dot);
        String suffix = huggingFace.substring(dot);
        if (!stem.startsWith(HUGGING_FACE_LAYER)) {
            return keyOf(WHOLE, stem) + suffix;
        }
        int end = stem.indexOf('.', HUGGING_FACE_LAYER.length());
        String layer = stem.substring(HUGGING_FACE_LAYER.length(), end);
        return LAYER + layer + "." + keyOf(parts, stem.substring(end + 1)) + suffix;
    }

    private static String keyOf(Map<String, String> names, String value) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(value);
    }
}
