package io.consort.runtime.model;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.gguf.EndTokens;
import io.consort.runtime.weights.gguf.GgufFile;
import io.consort.runtime.weights.gguf.GgufMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the metadata of a GGUF file as the config.json of the same model, which {@link ConfigReader}
 * reads. Where the metadata is silent, llama.cpp's defaults are taken.
 */
final class GgufConfig {

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
                    "qwen2", Set.of("attn_q", "attn_k", "attn_v"),
                    "qwen3", Set.of("attn_q", "attn_k", "attn_v", "attn_output"),
                    "gemma2", Set.of("attn_q", "attn_k", "attn_v", "attn_output"),
                    "gemma3", Set.of("attn_q", "attn_k", "attn_v", "attn_output"),
                    "phi3", Set.of());

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String architecture;
    private final ObjectNode config = JsonMapper.builder().build().createObjectNode();

    private GgufConfig(GgufFile file, String architecture) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = architecture;
    }

    /**
     * The configuration of a file.
     *
     * @throws CheckpointException naming the file, the key and the remedy
     */
    static ModelConfig read(GgufFile file) {
        String architecture = file.metadata().requiredText("general.architecture");
        if (!BIASED.containsKey(architecture)) {
            throw new CheckpointException(
                    file.file(),
                    "`general.architecture` is \"%s\", which this runtime does not know"
                            .formatted(architecture),
                    "use a model of " + KNOWN);
        }
        GgufConfig config = new GgufConfig(file, architecture);
        config.requireSupported();
        config.putSizes();
        config.putWindows();
        config.putCapsAndScale();
        new GgufRope(file, architecture, config.headSize(), config.config).put();
        JsonFields fields = new JsonFields(file.file(), "", config.config);
        return ConfigReader.read(fields, EndTokens.of(file.metadata()));
    }

    private void requireSupported() {
        for (String name : UNSUPPORTED) {
            if (metadata.has(key(name)) && metadata.number(key(name)).orElse(1) != 0) {
                throw unsupported(key(name), "a model without it");
            }
        }
        if (!metadata.flag(key("attention.causal"), true)) {
            throw unsupported(key("attention.causal"), "a model with causal attention");
        }
        if (!metadata.text("general.type").orElse("model").equals("model")) {
            throw unsupported("general.type", "a file that holds a whole model");
        }
        for (String name : file.tensors().keySet()) {
            String part = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            if (part.endsWith(".bias")
                    && !BIASED.getOrDefault(architecture, Set.of())
                            .contains(part.substring(0, part.length() - ".bias".length()))) {
                throw new CheckpointException(
                        file.file(),
                        "the bias `%s` is not part of a %s model".formatted(name, architecture),
                        "use a file without it");
            }
        }
    }

    private void putSizes() {
        int heads = heads();
        config.put("vocab_size", vocabulary());
        config.put("hidden_size", metadata.requiredInteger(key("embedding_length")));
        config.put(
                "intermediate_size",
                metadata.integerOfAllLayers(key("feed_forward_length"))
                        .orElseGet(() -> metadata.requiredInteger(key("feed_forward_length"))));
        config.put("num_hidden_layers", metadata.requiredInteger(key("block_count")));
        config.put("num_attention_heads", heads);
        config.put(
                "num_key_value_heads",
                metadata.integerOfAllLayers(key("attention.head_count_kv")).orElse(heads));
        config.put("head_dim", headSize());
        if (metadata.integer(key("attention.value_length")).orElse(headSize()) != headSize()) {
            throw unsupported(
                    key("attention.value_length"), "a model whose keys and values are alike");
        }
        config.put("max_position_embeddings", metadata.requiredInteger(key("context_length")));
        metadata.number(key("attention.layer_norm_rms_epsilon"))
                .ifPresent(epsilon -> config.put("rms_norm_eps", shortest(epsilon)));
        config.put("tie_word_embeddings", !has("output.weight"));
        config.put("attention_bias", has("blk.0.attn_q.bias"));
        config.put("mlp_bias", has("blk.0.ffn_gate.bias"));
    }

    private int heads() {
        String key = key("attention.head_count");
        int heads = metadata.integerOfAllLayers(key).orElseGet(() -> metadata.requiredInteger(key));
        if (heads < 1) {
            throw unsupported(key, "a model with attention heads");
        }
        return heads;
    }

    private int headSize() {
        return metadata.integer(key("attention.key_length"))
                .orElseGet(() -> metadata.requiredInteger(key("embedding_length")) / heads());
    }

    private int vocabulary() {
        Tensor embeddings = file.tensors().get("token_embd.weight");
        if (embeddings == null) {
            throw new CheckpointException(
                    file.file(),
                    "the tensor `token_embd.weight` is missing",
                    "fetch the file again, or convert the model again");
        }
        return (int) Math.min(Integer.MAX_VALUE, embeddings.shape().getFirst());
    }

    /** Files of Mistral's models call themselves llama; only the window tells. */
    private void putWindows() {
        int window = metadata.integer(key("attention.sliding_window")).orElse(0);
        String type =
                switch (architecture) {
                    case "llama" -> window > 0 ? "mistral" : "llama";
                    case "gemma3" -> "gemma3_text";
                    default -> architecture;
                };
        config.put("model_type", type);
        if (window > 0) {
            if (architecture.equals("qwen2") || architecture.equals("qwen3")) {
                throw unsupported(key("attention.sliding_window"), "a model without windows");
            }
            config.put("sliding_window", window);
        }
        String pattern = key("attention.sliding_window_pattern");
        if (metadata.isList(pattern)) {
            var types = config.putArray("layer_types");
            metadata.flags(pattern)
                    .orElse(List.of())
                    .forEach(
                            sliding -> types.add(sliding ? "sliding_attention" : "full_attention"));
        } else if (metadata.has(pattern)) {
            config.put("sliding_window_pattern", metadata.requiredInteger(pattern));
        }
    }

    private void putCapsAndScale() {
        if (!architecture.startsWith("gemma")) {
            if (metadata.has(key("attention.scale"))) {
                throw unsupported(key("attention.scale"), "a model without it");
            }
            return;
        }
        for (String cap : List.of("attn_logit_softcapping", "final_logit_softcapping")) {
            metadata.number(key(cap)).ifPresent(value -> config.put(cap, value));
        }
        double scale = metadata.number(key("attention.scale")).orElse(0);
        config.put("query_pre_attn_scalar", scale > 0 ? 1 / (scale * scale) : queryScalar());
    }

    /** The largest Gemmas scale scores by their width for each head, which no key says. */
    private double queryScalar() {
        int layers = metadata.requiredInteger(key("block_count"));
        boolean largest =
                (architecture.equals("gemma2") && layers == 46)
                        || (architecture.equals("gemma3") && layers == 62);
        return largest
                ? (double) metadata.requiredInteger(key("embedding_length")) / heads()
                : headSize();
    }

    /** Metadata is of float32; this is the decimal number that was meant. */
    static double shortest(double value) {
        return Double.parseDouble(Float.toString((float) value));
    }

    private boolean has(String tensor) {
        return file.tensors().containsKey(tensor);
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private CheckpointException unsupported(String key, String supported) {
        return new CheckpointException(
                file.file(),
                "`%s` is %s, which this runtime does not know"
                        .formatted(
                                key,
                                Optional.ofNullable(metadata.values().get(key))
                                        .map(Object::toString)
                                        .orElse("absent")),
                "use " + supported);
    }
}
