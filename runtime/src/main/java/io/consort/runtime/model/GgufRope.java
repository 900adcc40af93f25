package io.consort.runtime.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.gguf.GgufFile;
import io.consort.runtime.weights.gguf.GgufMetadata;

/**
 * Writes the rotary settings of a GGUF file into a config.json. Factors for single frequencies are
 * tensors: {@code rope_freqs} for all lengths, as Llama 3 has them, or two sets for short and long
 * sequences. Both are long-rope scaling.
 */
record GgufRope(GgufFile file, String architecture, int headSize, ObjectNode config) {

    void put() {
        config.put("rope_theta", number("freq_base", 10_000));
        if (architecture.equals("gemma3")) {
            config.put("rope_local_base_freq", number("freq_base_swa", 10_000));
        }
        int rotated = metadata().integer(key("dimension_count")).orElse(headSize);
        if (rotated != headSize) {
            config.put("partial_rotary_factor", (double) rotated / headSize);
        }
        String type = scalingType();
        if (has("rope_factors_long.weight")) {
            requireType(type, "longrope");
            putFactors("rope_factors_short.weight", "rope_factors_long.weight", originalContext());
        } else if (has("rope_freqs.weight")) {
            requireType(type, "none");
            putFactors("rope_freqs.weight", "rope_freqs.weight", context());
        } else {
            putScaling(type);
        }
    }

    private String scalingType() {
        if (metadata().has(key("scale_linear")) && !metadata().has(key("scaling.type"))) {
            return number("scale_linear", 1) == 1 ? "none" : "linear";
        }
        return metadata()
                .text(key("scaling.type"))
                .orElse(has("rope_factors_long.weight") ? "longrope" : "none");
    }

    private void putScaling(String type) {
        double factor = number("scaling.factor", number("scale_linear", 1));
        switch (type) {
            case "none" -> {}
            case "linear" -> scaling("linear").put("factor", factor);
            case "yarn" ->
                    scaling("yarn")
                            .put("factor", factor)
                            .put("original_max_position_embeddings", originalContext())
                            .put("attention_factor", yarnAttention(factor))
                            .put("beta_fast", number("scaling.yarn_beta_fast", 32))
                            .put("beta_slow", number("scaling.yarn_beta_slow", 1));
            case "longrope" -> throw refusal("it has no tensor `rope_factors_long.weight`");
            default ->
                    throw refusal(
                            "`%s` is \"%s\", which this runtime does not know"
                                    .formatted(key("scaling.type"), type));
        }
    }

    private double yarnAttention(double factor) {
        double own = number("scaling.attn_factor", number("scaling.yarn_attn_factor", 1));
        return own * (factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1);
    }

    private void putFactors(String shorter, String longer, int originalContext) {
        ObjectNode scaling = scaling("longrope");
        putAll(scaling.putArray("short_factor"), shorter);
        putAll(scaling.putArray("long_factor"), longer);
        scaling.put("factor", 1);
        scaling.put("attention_factor", number("scaling.attn_factor", 1));
        scaling.put("original_max_position_embeddings", originalContext);
    }

    private void putAll(ArrayNode target, String name) {
        Tensor tensor = file.tensors().get(name);
        if (tensor == null) {
            throw refusal("it has no tensor `%s`".formatted(name));
        }
        if (tensor.count() > headSize || !tensor.type().isWeight()) {
            throw refusal("the tensor `%s` does not fit the heads".formatted(name));
        }
        for (float value : tensor.toFloats()) {
            target.add(value);
        }
    }

    private ObjectNode scaling(String type) {
        return config.putObject("rope_scaling").put("rope_type", type);
    }

    private int originalContext() {
        return metadata().integer(key("scaling.original_context_length")).orElseGet(this::context);
    }

    private int context() {
        return metadata().requiredInteger(architecture + ".context_length");
    }

    private void requireType(String type, String wanted) {
        if (!type.equals(wanted)) {
            throw refusal(
                    "`%s` is \"%s\", but it also has tensors with factors for \"%s\""
                            .formatted(key("scaling.type"), type, wanted));
        }
    }

    private double number(String name, double otherwise) {
        return GgufConfig.shortest(metadata().number(key(name)).orElse(otherwise));
    }

    private boolean has(String tensor) {
        return file.tensors().containsKey(tensor);
    }

    private GgufMetadata metadata() {
        return file.metadata();
    }

    private String key(String name) {
        return architecture + ".rope." + name;
    }

    private CheckpointException refusal(String problem) {
        return new CheckpointException(
                file.file(),
                problem,
                "use a file whose rotary scaling is none, linear, yarn, or given by factors");
    }
}
