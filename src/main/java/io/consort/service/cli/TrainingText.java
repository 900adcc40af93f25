package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import java.util.Map;

/** A training's result for people. */
final class TrainingText {

    private TrainingText() {}

    /**
     * A table.
     *
     * @param json with {@code version} and {@code report}
     */
    static String of(String json) {
        try {
            JsonNode result = new ObjectMapper().readTree(json);
            StringBuilder text = new StringBuilder();
            if (result.path("version").isInt()) {
                text.append(
                        "version %d of the router is live%n"
                                .formatted(result.path("version").asInt()));
            }
            add(text, "", result.path("report"));
            return text.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void add(StringBuilder text, String indent, JsonNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            String name = entry.getKey().replace('_', ' ');
            if (entry.getValue().isObject()) {
                text.append("%s%s%n".formatted(indent, name));
                add(text, indent + "  ", entry.getValue());
            } else {
                text.append(
                        "%-20s %s%n"
                                .formatted(
                                        indent + name, figure(entry.getKey(), entry.getValue())));
            }
        }
    }

    private static String figure(String name, JsonNode value) {
        if (value.isNull()) {
            return "       -";
        }
        if (value.isInt()) {
            return String.format(Locale.ROOT, "%8d", value.asInt());
        }
        if (!value.isNumber()) {
            return "%8s".formatted(value.asText());
        }
        return name.endsWith("_limit")
                ? String.format(Locale.ROOT, "%8.4f", value.asDouble())
                : String.format(Locale.ROOT, "%8.2f %%", 100 * value.asDouble());
    }
}
