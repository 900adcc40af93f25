package io.consort.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/**
 * The options of config.json that would change the arithmetic in a way that is not built here. Values
 * that change nothing are accepted: null, false, an empty list, no experts, a multiplier of 1.
 */
final class UnsupportedOptions {

    private static final Map<String, List<Integer>> NEUTRAL_NUMBERS =
            Map.ofEntries(
                    Map.entry("embedding_multiplier", List.of(1)),
                    Map.entry("residual_multiplier", List.of(1)),
                    Map.entry("attention_multiplier", List.of()),
                    Map.entry("logits_scaling", List.of(1)),
                    Map.entry("logit_scale", List.of(1)),
                    Map.entry("scale_emb", List.of(1)),
                    Map.entry("scale_depth", List.of()),
                    Map.entry("dim_model_base", List.of()),
                    Map.entry("clip_qkv", List.of()),
                    Map.entry("num_experts", List.of(0, 1)),
                    Map.entry("num_local_experts", List.of(0, 1)),
                    Map.entry("n_routed_experts", List.of(0)),
                    Map.entry("num_kv_shared_layers", List.of(0)));

    private static final List<String> OTHERS =
            List.of(
                    "quantization_config",
                    "compression_config",
                    "text_config",
                    "vision_config",
                    "no_rope_layers",
                    "rope_interleaved",
                    "use_mrope",
                    "alibi",
                    "use_qk_norm",
                    "qk_layernorm",
                    "use_parallel_residual",
                    "parallel_attn",
                    "attn_temperature_tuning",
                    "lm_head_bias",
                    "use_bidirectional_attention");

    private UnsupportedOptions() {}

    /**
     * Accepts a config.json without such options.
     *
     * @throws io.consort.runtime.weights.CheckpointException naming the first that there is
     */
    static void refuse(JsonFields fields) {
        NEUTRAL_NUMBERS.forEach((field, neutral) -> {
            if (!isNeutral(fields.node().path(field), neutral)) {
                throw refusal(fields, field);
            }
        });
        for (String field : OTHERS) {
            if (!isNeutral(fields.node().path(field), List.of())) {
                throw refusal(fields, field);
            }
        }
    }

    private static boolean isNeutral(JsonNode value, List<Integer> neutral) {
        if (value.isNumber()) {
            return neutral.stream().anyMatch(number -> number == value.asDouble());
        }
        return value.isMissingNode()
                || value.isNull()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isArray() && value.isEmpty());
    }

    private static RuntimeException refusal(JsonFields fields, String field) {
        return fields.unsupported(field, "plain weights and no `%s`".formatted(field));
    }
}
