package io.consort.runtime.model;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads config.json as transformers does, defaults included. What would change the arithmetic in a
 * way that is not built here is refused by name.
 */
final class ConfigReader {

    private static final List<String> UNSUPPORTED =
            List.of(
                    "quantization_config",
                    "embedding_multiplier",
                    "residual_multiplier",
                    "attention_multiplier",
                    "logits_scaling",
                    "num_experts",
                    "num_local_experts",
                    "text_config");

    private final JsonFields fields;
    private final Architecture architecture;

    private ConfigReader(JsonFields fields, Architecture architecture) {
        this.fields = fields;
        this.architecture = architecture;
    }

    /**
     * The configuration of a checkpoint folder.
     *
     * @throws CheckpointException naming the file, the field and the remedy
     */
    static ModelConfig read(Path folder) {
        JsonFields fields = JsonFields.read(folder.resolve("config.json"));
        return read(fields, endTokens(folder, fields));
    }

    /**
     * The configuration in the fields of a config.json.
     *
     * @throws CheckpointException naming the file, the field and the remedy
     */
    static ModelConfig read(JsonFields fields, Set<Integer> endTokens) {
        String type =
                fields.text("model_type").orElseThrow(() -> fields.wrong("model_type", KNOWN));
        Architecture architecture =
                Architecture.of(type)
                        .orElseThrow(
                                () -> fields.unsupported("model_type", "a model_type of " + KNOWN));
        return new ConfigReader(fields, architecture).config(endTokens);
    }

    private static final String KNOWN =
            Stream.of(Architecture.values())
                    .map(Architecture::modelType)
                    .collect(Collectors.joining(", "));

    private ModelConfig config(Set<Integer> endTokens) {
        requireSupported();
        int hidden = fields.count("hidden_size");
        Heads heads = heads(hidden);
        int context = fields.count("max_position_embeddings");
        boolean gemma = isGemma();
        return new ModelConfig(
                architecture,
                fields.count("vocab_size"),
                hidden,
                fields.count("intermediate_size"),
                activation(),
                heads,
                (float) fields.number("rms_norm_eps", defaultEpsilon()),
                context,
                new AttentionReader(fields, architecture, heads.size(), context).layers(),
                attentionScale(heads),
                cap("attn_logit_softcapping", 50),
                cap("final_logit_softcapping", 30),
                gemma ? (float) Math.sqrt(hidden) : 1,
                biases(),
                fields.flag("tie_word_embeddings", gemma),
                endTokens);
    }

    private void requireSupported() {
        for (String field : UNSUPPORTED) {
            if (fields.has(field)) {
                throw fields.unsupported(field, "plain weights and no `%s`".formatted(field));
            }
        }
        if (fields.flag("use_bidirectional_attention", false)) {
            throw fields.unsupported("use_bidirectional_attention", "causal attention");
        }
    }

    private Heads heads(int hidden) {
        int query = fields.count("num_attention_heads");
        int keyValue = fields.integer("num_key_value_heads", query);
        if (keyValue < 1 || query % keyValue != 0) {
            throw fields.wrong("num_key_value_heads", "a divisor of num_attention_heads, " + query);
        }
        int size = fields.integer("head_dim", defaultHeadSize(hidden, query));
        if (size < 2 || size % 2 != 0) {
            throw fields.wrong("head_dim", "even and positive");
        }
        return new Heads(query, keyValue, size);
    }

    private int defaultHeadSize(int hidden, int queryHeads) {
        return switch (architecture) {
            case QWEN3 -> 128;
            case GEMMA2, GEMMA3_TEXT -> 256;
            case LLAMA, MISTRAL, QWEN2, PHI3 -> hidden / queryHeads;
        };
    }

    private double defaultEpsilon() {
        return architecture == Architecture.PHI3 ? 1e-5 : 1e-6;
    }

    private Activation activation() {
        String field = isGemma() ? "hidden_activation" : "hidden_act";
        String name = fields.text(field).orElse(isGemma() ? "gelu_pytorch_tanh" : "silu");
        return switch (name) {
            case "silu", "swish" -> Activation.SILU;
            case "gelu_pytorch_tanh", "gelu_new" -> Activation.GELU_TANH;
            default -> throw fields.unsupported(field, "silu or gelu_pytorch_tanh");
        };
    }

    private float attentionScale(Heads heads) {
        double scalar =
                isGemma() ? fields.number("query_pre_attn_scalar", 256) : (double) heads.size();
        if (!(scalar > 0)) {
            throw fields.wrong("query_pre_attn_scalar", "positive");
        }
        return (float) (1 / Math.sqrt(scalar));
    }

    private OptionalDouble cap(String field, double gemma2Default) {
        return switch (architecture) {
            case GEMMA2 ->
                    fields.isNull(field)
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(fields.number(field, gemma2Default));
            case GEMMA3_TEXT -> fields.number(field);
            case LLAMA, MISTRAL, QWEN2, QWEN3, PHI3 -> OptionalDouble.empty();
        };
    }

    private ModelConfig.Biases biases() {
        boolean attention = fields.flag("attention_bias", false);
        return switch (architecture) {
            case LLAMA ->
                    new ModelConfig.Biases(attention, attention, fields.flag("mlp_bias", false));
            case QWEN2 -> new ModelConfig.Biases(true, false, false);
            case QWEN3, GEMMA2, GEMMA3_TEXT -> new ModelConfig.Biases(attention, attention, false);
            case MISTRAL, PHI3 -> new ModelConfig.Biases(false, false, false);
        };
    }

    private boolean isGemma() {
        return architecture == Architecture.GEMMA2 || architecture == Architecture.GEMMA3_TEXT;
    }

    private static Set<Integer> endTokens(Path folder, JsonFields config) {
        Set<Integer> tokens = new HashSet<>(config.integers("eos_token_id"));
        Path generation = folder.resolve("generation_config.json");
        if (Files.exists(generation)) {
            tokens.addAll(JsonFields.read(generation).integers("eos_token_id"));
        }
        return tokens;
    }
}
