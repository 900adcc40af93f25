package io.consort.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Finds the language model in the config.json of a Gemma 3 that also sees images. Such files leave out
 * what transformers assumes.
 */
final class TextPart {

    private static final String NESTED = "text_config";

    private static final Map<String, Integer> DEFAULTS =
            Map.of(
                    "vocab_size", 262_208,
                    "hidden_size", 2304,
                    "intermediate_size", 9216,
                    "num_hidden_layers", 26,
                    "num_attention_heads", 8,
                    "num_key_value_heads", 4,
                    "max_position_embeddings", 131_072);

    private TextPart() {}

    /** The fields of the language model: those given, unless they are a Gemma 3 with images. */
    static JsonFields of(JsonFields fields) {
        JsonNode nested = fields.node().path(NESTED);
        boolean gemma = fields.node().path("model_type").asText().equals("gemma3");
        if (!gemma || !nested.isObject()) {
            return fields;
        }
        ObjectNode text = nested.deepCopy();
        text.put("model_type", Architecture.GEMMA3_TEXT.modelType());
        DEFAULTS.forEach((field, value) -> {
            if (!text.has(field)) {
                text.put(field, value);
            }
        });
        for (String field : List.of("eos_token_id", "tie_word_embeddings", "quantization_config")) {
            if (!text.has(field) && fields.has(field)) {
                text.set(field, fields.node().get(field));
            }
        }
        return new JsonFields(fields.file(), NESTED + ".", text);
    }
}
