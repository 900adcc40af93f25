package io.consort.runtime.weights.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Tensor;
import io.consort.runtime.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Writes checkpoint folders as GGUF files, as llama.cpp's converter does. */
public final class GgufConversion {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode config;
    private final String architecture;
    private final GgufNames names;
    private final DType type;
    private final GgufWriter writer = new GgufWriter();

    private GgufConversion(JsonNode config, DType type) {
        this.config = config;
        this.type = type;
        this.architecture =
                switch (config.path("model_type").asText()) {
                    case "mistral" -> "llama";
                    case "gemma3_text" -> "gemma3";
                    default -> config.path("model_type").asText();
                };
        this.names = new GgufNames(architecture);
    }

    /**
     * Writes a folder's model, without a tokenizer.
     *
     * @param type of matrices; where rows do not hold whole blocks, Q8_0 or F16 is taken
     */
    public static void write(Path folder, DType type, Path target) {
        GgufWriter writer = writer(folder, type);
        try (Weights weights = Weights.open(folder)) {
            addTensors(folder, type, weights, writer);
            writer.write(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metadata of a folder's model alone. */
    public static GgufWriter writer(Path folder, DType type) {
        GgufConversion conversion = new GgufConversion(read(folder.resolve("config.json")), type);
        conversion.putMetadata();
        conversion.putRope();
        return conversion.writer;
    }

    /** Adds the tensors of a folder's model. */
    public static void addTensors(Path folder, DType type, Weights weights, GgufWriter writer) {
        GgufConversion conversion = new GgufConversion(read(folder.resolve("config.json")), type);
        for (Tensor tensor : weights.all()) {
            conversion.add(writer, tensor);
        }
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putMetadata() {
        writer.put("general.architecture", GgufValue.of(architecture));
        whole("context_length", "max_position_embeddings");
        whole("embedding_length", "hidden_size");
        whole("block_count", "num_hidden_layers");
        whole("feed_forward_length", "intermediate_size");
        whole("attention.head_count", "num_attention_heads");
        whole("attention.head_count_kv", "num_key_value_heads");
        put("attention.key_length", GgufValue.of((long) headSize()));
        put("attention.value_length", GgufValue.of((long) headSize()));
        put(
                "attention.layer_norm_rms_epsilon",
                GgufValue.of(config.path("rms_norm_eps").asDouble(1e-6)));
        boolean qwen = architecture.startsWith("qwen");
        if (!qwen && config.hasNonNull("sliding_window")) {
            whole("attention.sliding_window", "sliding_window");
        }
        real("attn_logit_softcapping");
        real("final_logit_softcapping");
        double scalar = config.path("query_pre_attn_scalar").asDouble(0);
        if (scalar > 0 && scalar != headSize()) {
            put("attention.scale", GgufValue.of(1 / Math.sqrt(scalar)));
        }
        if (config.has("sliding_window_pattern")) {
            whole("attention.sliding_window_pattern", "sliding_window_pattern");
        } else if (architecture.equals("gemma3")) {
            put(
                    "attention.sliding_window_pattern",
                    new GgufValue.Items(
                            StreamSupport.stream(config.path("layer_types").spliterator(), false)
                                    .map(node -> node.asText().startsWith("sliding"))
                                    .map(GgufValue::of)
                                    .toList()));
        }
    }

    private void putRope() {
        JsonNode rope = config.path("rope_parameters");
        rope = rope.has("full_attention") ? rope.path("full_attention") : rope;
        rope = config.hasNonNull("rope_scaling") ? config.path("rope_scaling") : rope;
        double theta = config.path("rope_theta").asDouble(rope.path("rope_theta").asDouble());
        put("rope.freq_base", GgufValue.of(theta));
        int rotated = (int) (headSize() * rope.path("partial_rotary_factor").asDouble(1));
        put("rope.dimension_count", GgufValue.of((long) rotated));
        String kind = rope.path("rope_type").asText(rope.path("type").asText("default"));
        switch (kind) {
            case "default" -> {}
            case "linear", "yarn" -> {
                put("rope.scaling.type", GgufValue.of(kind));
                put("rope.scaling.factor", GgufValue.of(rope.path("factor").asDouble()));
                putOriginal(rope.path("original_max_position_embeddings").asInt(1));
            }
            case "llama3" -> addFactors("rope_freqs.weight", llama3(rope, theta));
            case "longrope" -> {
                double original = config.path("original_max_position_embeddings").asDouble();
                double factor = config.path("max_position_embeddings").asDouble() / original;
                double attention = Math.sqrt(1 + Math.log(factor) / Math.log(original));
                put("rope.scaling.attn_factor", GgufValue.of(attention));
                putOriginal((int) original);
                addFactors("rope_factors_long.weight", floats(rope.path("long_factor")));
                addFactors("rope_factors_short.weight", floats(rope.path("short_factor")));
            }
            default -> throw new IllegalArgumentException("GGUF has no " + kind);
        }
    }

    private void putOriginal(int context) {
        put("rope.scaling.original_context_length", GgufValue.of((long) context));
    }

    /** What each frequency is divided by. */
    private List<Float> llama3(JsonNode rope, double theta) {
        double factor = rope.path("factor").asDouble();
        double low = rope.path("low_freq_factor").asDouble();
        double high = rope.path("high_freq_factor").asDouble();
        double original = rope.path("original_max_position_embeddings").asDouble();
        List<Float> factors = new ArrayList<>();
        for (int i = 0; i < headSize(); i += 2) {
            double waves = original * Math.pow(theta, -(double) i / headSize()) / (2 * Math.PI);
            double smooth = Math.clamp((waves - low) / (high - low), 0.0, 1.0);
            factors.add((float) (1 / ((1 - smooth) / factor + smooth)));
        }
        return factors;
    }

    private static List<Float> floats(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(node -> (float) node.asDouble())
                .toList();
    }

    private void addFactors(String name, List<Float> factors) {
        writer.addValues(
                name,
                DType.F32,
                List.of((long) factors.size()),
                (_, target) -> {
                    for (int i = 0; i < target.length; i++) {
                        target[i] = factors.get(i);
                    }
                });
    }

    private void add(GgufWriter target, Tensor tensor) {
        String name = names.own(tensor.name());
        List<Long> shape = tensor.shape();
        int width = Math.toIntExact(shape.getLast());
        if (shape.size() == 1) {
            float[] values = tensor.toFloats();
            boolean gemmaNorm =
                    architecture.startsWith("gemma") && tensor.name().endsWith("norm.weight");
            target.addValues(
                    name,
                    DType.F32,
                    shape,
                    (_, row) -> {
                        for (int i = 0; i < width; i++) {
                            row[i] = values[(int) source(tensor, i)] + (gemmaNorm ? 1 : 0);
                        }
                    });
            return;
        }
        target.addValues(
                name,
                fitting(width),
                shape,
                (row, values) ->
                        tensor.read(source(tensor, row) * width, values, 0, values.length));
    }

    private DType fitting(int width) {
        if (width % type.blockSize() == 0) {
            return type;
        }
        return width % DType.Q8_0.blockSize() == 0 ? DType.Q8_0 : DType.F16;
    }

    /** The row of the checkpoint that llama.cpp's interleaved rotation wants at a place. */
    private long source(Tensor tensor, long row) {
        boolean rotated = tensor.name().contains("q_proj") || tensor.name().contains("k_proj");
        if (!architecture.equals("llama") || !rotated) {
            return row;
        }
        long head = headSize();
        long within = row % head;
        return row - within + within / 2 + within % 2 * (head / 2);
    }

    private int headSize() {
        return config.hasNonNull("head_dim")
                ? config.path("head_dim").asInt()
                : config.path("hidden_size").asInt() / config.path("num_attention_heads").asInt();
    }

    private void whole(String key, String field) {
        put(key, GgufValue.of(config.path(field).asLong()));
    }

    private void real(String field) {
        if (config.hasNonNull(field)) {
            put(field, GgufValue.of(config.path(field).asDouble()));
        }
    }

    private void put(String key, GgufValue value) {
        writer.put(architecture + "." + key, value);
    }
}
