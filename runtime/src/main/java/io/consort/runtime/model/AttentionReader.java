package io.consort.runtime.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads what each layer's attention sees and how it is rotated. */
record AttentionReader(JsonFields fields, Architecture architecture, int headSize, int context) {

    private static final String FULL = "full_attention";
    private static final String SLIDING = "sliding_attention";

    List<LayerAttention> layers() {
        OptionalInt window = window();
        RopeSettings rope = rope(FULL);
        RopeSettings slidingRope = rope(SLIDING);
        LayerAttention full = new LayerAttention(OptionalInt.empty(), rope);
        LayerAttention sliding =
                new LayerAttention(window, slidingRope.equals(rope) ? rope : slidingRope);
        List<LayerAttention> layers = new ArrayList<>();
        for (String type : types(fields.count("num_hidden_layers"), window.isPresent())) {
            layers.add(
                    switch (type) {
                        case FULL -> full;
                        case SLIDING -> sliding;
                        default ->
                                throw fields.unsupported(
                                        "layer_types", FULL + " and " + SLIDING + " only");
                    });
        }
        return layers;
    }

    private OptionalInt window() {
        OptionalInt window =
                switch (architecture) {
                    case LLAMA -> OptionalInt.empty();
                    case PHI3 -> fields.integer("sliding_window");
                    case QWEN2, QWEN3 ->
                            fields.flag("use_sliding_window", false)
                                    ? withDefault("sliding_window", 4096)
                                    : OptionalInt.empty();
                    case MISTRAL, GEMMA2, GEMMA3_TEXT -> withDefault("sliding_window", 4096);
                };
        if (window.isPresent() && window.getAsInt() < 1) {
            throw fields.wrong("sliding_window", "at least 1, or null");
        }
        return window;
    }

    private OptionalInt withDefault(String field, int otherwise) {
        return fields.isNull(field)
                ? OptionalInt.empty()
                : OptionalInt.of(fields.integer(field, otherwise));
    }

    private List<String> types(int layers, boolean windowed) {
        List<String> given = fields.texts("layer_types").orElse(List.of());
        boolean mixes =
                switch (architecture) {
                    case LLAMA, MISTRAL, PHI3 -> false;
                    case QWEN2, QWEN3, GEMMA2, GEMMA3_TEXT -> true;
                };
        if (mixes && !given.isEmpty()) {
            if (given.size() < layers) {
                throw fields.wrong("layer_types", "one entry per layer, " + layers);
            }
            return given.subList(0, layers);
        }
        List<String> types = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            types.add(isSliding(layer, windowed) ? SLIDING : FULL);
        }
        return types;
    }

    private boolean isSliding(int layer, boolean windowed) {
        return switch (architecture) {
            case LLAMA -> false;
            case MISTRAL, PHI3 -> windowed;
            case QWEN2, QWEN3 -> windowed && layer >= fields.integer("max_window_layers", 28);
            case GEMMA2 -> layer % 2 == 0;
            case GEMMA3_TEXT -> (layer + 1) % fields.integer("sliding_window_pattern", 6) != 0;
        };
    }

    private RopeSettings rope(String layerType) {
        RopeReader reader = new RopeReader(fields, headSize, context);
        if (architecture != Architecture.GEMMA3_TEXT) {
            return reader.read(layerType, fields.number("rope_theta", 10_000));
        }
        if (layerType.equals(FULL)) {
            return reader.read(FULL, fields.number("rope_theta", 1_000_000));
        }
        double localTheta = fields.number("rope_local_base_freq", 10_000);
        boolean perType =
                fields.object("rope_parameters")
                        .flatMap(parameters -> parameters.object(SLIDING))
                        .isPresent();
        return perType ? reader.read(SLIDING, localTheta) : reader.plain(localTheta);
    }
}
