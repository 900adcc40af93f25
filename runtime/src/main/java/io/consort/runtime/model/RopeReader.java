package io.consort.runtime.model;

import java.util.List;
import java.util.Optional;

/**
 * Reads rotary settings in the spelling of transformers 4 ({@code rope_theta}, {@code
 * rope_scaling}) and of transformers 5 ({@code rope_parameters}, for all layers or for each type of
 * layer).
 */
record RopeReader(JsonFields config, int headSize, int context) {

    private static final String KNOWN =
            "rope_type default, linear, dynamic, llama3, yarn or longrope";

    /**
     * The settings of one type of layer.
     *
     * @param layerType {@code full_attention} or {@code sliding_attention}
     * @param theta the base where the checkpoint does not give one
     */
    RopeSettings read(String layerType, double theta) {
        Optional<JsonFields> parameters =
                config.object("rope_scaling").or(() -> config.object("rope_parameters"));
        Optional<JsonFields> own = parameters.flatMap(fields -> fields.object(layerType));
        if (own.isPresent()) {
            return settings(own.get(), theta);
        }
        return parameters.map(fields -> settings(fields, theta)).orElseGet(() -> plain(theta));
    }

    /** Settings without scaling. */
    RopeSettings plain(double theta) {
        return new RopeSettings(
                theta,
                rotated(config.number("partial_rotary_factor", 1), config),
                new RopeScaling.None());
    }

    private RopeSettings settings(JsonFields rope, double theta) {
        double share =
                rope.number("partial_rotary_factor", config.number("partial_rotary_factor", 1));
        int dimensions = rotated(share, rope);
        return new RopeSettings(
                rope.number("rope_theta", theta), dimensions, scaling(rope, dimensions));
    }

    private int rotated(double share, JsonFields fields) {
        int dimensions = (int) (headSize * share);
        if (dimensions < 2 || dimensions > headSize || dimensions % 2 != 0) {
            throw fields.wrong(
                    "partial_rotary_factor", "such that an even part of each head is rotated");
        }
        return dimensions;
    }

    private RopeScaling scaling(JsonFields rope, int dimensions) {
        String type = rope.text("rope_type").or(() -> rope.text("type")).orElse("default");
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(factor(rope));
            case "dynamic" -> new RopeScaling.Dynamic(factor(rope), context);
            case "llama3" ->
                    new RopeScaling.Llama3(
                            factor(rope),
                            rope.requiredNumber("low_freq_factor"),
                            rope.requiredNumber("high_freq_factor"),
                            originalContext(rope));
            case "yarn" -> isPhi3() ? longRope(rope, dimensions) : yarn(rope);
            case "longrope", "su" -> longRope(rope, dimensions);
            default -> throw rope.unsupported(rope.has("rope_type") ? "rope_type" : "type", KNOWN);
        };
    }

    private boolean isPhi3() {
        return config.text("model_type").equals(Optional.of("phi3"));
    }

    private RopeScaling yarn(JsonFields rope) {
        int original = originalContext(rope);
        double factor = rope.number("factor", (double) context / original);
        return new RopeScaling.Yarn(
                factor,
                rope.number("attention_factor").orElseGet(() -> yarnAttention(rope, factor)),
                orDefault(rope.number("beta_fast", 32), 32),
                orDefault(rope.number("beta_slow", 1), 1),
                original,
                rope.flag("truncate", true));
    }

    private static double yarnAttention(JsonFields rope, double factor) {
        double scale = rope.number("mscale", 0);
        double scaleOfAll = rope.number("mscale_all_dim", 0);
        return scale != 0 && scaleOfAll != 0
                ? magnitude(factor, scale) / magnitude(factor, scaleOfAll)
                : magnitude(factor, 1);
    }

    private static double magnitude(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    private static double orDefault(double value, double otherwise) {
        return value == 0 ? otherwise : value;
    }

    private RopeScaling longRope(JsonFields rope, int dimensions) {
        for (String field : List.of("short_mscale", "long_mscale")) {
            if (rope.has(field)) {
                throw rope.unsupported(field, "long-rope scaling without `%s`".formatted(field));
            }
        }
        int original = originalContext(rope);
        double factor = rope.number("factor", (double) context / original);
        double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
        return new RopeScaling.LongRope(
                rope.numbers("short_factor", dimensions / 2),
                rope.numbers("long_factor", dimensions / 2),
                rope.number("attention_factor", attention),
                original);
    }

    private static double factor(JsonFields rope) {
        return rope.requiredNumber("factor");
    }

    private int originalContext(JsonFields rope) {
        String field = "original_max_position_embeddings";
        int inside = rope.integer(field, isPhi3() ? 4096 : context);
        return config.integer(field, inside);
    }
}
