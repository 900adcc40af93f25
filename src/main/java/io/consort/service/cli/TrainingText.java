package io.consort.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;

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
            result.path("report")
                    .properties()
                    .forEach(entry ->
                            text.append(
                                    "%-18s %s%n"
                                            .formatted(
                                                    entry.getKey().replace('_', ' '),
                                                    figure(entry.getValue()))));
            return text.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String figure(JsonNode value) {
        if (value.isNull()) {
            return "       -";
        }
        return value.isInt()
                ? String.format(Locale.ROOT, "%8d", value.asInt())
                : String.format(Locale.ROOT, "%8.2f %%", 100 * value.asDouble());
    }
}
