package io.consort.runtime.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The fields of a JSON object of a checkpoint. A field that is null counts as absent, except for
 * {@link #isNull}. Wrong types are refused with the file and the field's name.
 */
record JsonFields(Path file, String prefix, JsonNode node) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static JsonFields read(Path file) {
        if (!Files.exists(file)) {
            throw new CheckpointException(file, "it is missing", "fetch the whole checkpoint");
        }
        JsonNode root;
        try {
            root = JSON.readTree(Files.readAllBytes(file));
        } catch (JacksonException e) {
            throw new CheckpointException(
                    file,
                    "it is not valid JSON: " + e.getOriginalMessage(),
                    "fetch the file again");
        } catch (IOException e) {
            throw new CheckpointException(
                    file, "it cannot be read (" + e + ")", "check the file and its permissions");
        }
        if (!root.isObject()) {
            throw new CheckpointException(file, "it is not a JSON object", "fetch the file again");
        }
        return new JsonFields(file, "", root);
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    boolean isNull(String field) {
        return node.has(field) && node.get(field).isNull();
    }

    Optional<JsonFields> object(String field) {
        return has(field)
                ? Optional.of(new JsonFields(file, prefix + field + ".", node.get(field)))
                : Optional.empty();
    }

    OptionalInt integer(String field) {
        if (!has(field)) {
            return OptionalInt.empty();
        }
        JsonNode value = node.get(field);
        if (!value.isNumber() || value.asDouble() != value.asInt()) {
            throw wrong(field, "a whole number below 2^31");
        }
        return OptionalInt.of(value.asInt());
    }

    int integer(String field, int otherwise) {
        return integer(field).orElse(otherwise);
    }

    /** A count that must be there and must be at least 1. */
    int count(String field) {
        int value = integer(field).orElseThrow(() -> wrong(field, "present"));
        if (value < 1) {
            throw wrong(field, "at least 1");
        }
        return value;
    }

    OptionalDouble number(String field) {
        if (!has(field)) {
            return OptionalDouble.empty();
        }
        if (!node.get(field).isNumber()) {
            throw wrong(field, "a number");
        }
        return OptionalDouble.of(node.get(field).asDouble());
    }

    double number(String field, double otherwise) {
        return number(field).orElse(otherwise);
    }

    double requiredNumber(String field) {
        return number(field).orElseThrow(() -> wrong(field, "present"));
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        if (!node.get(field).isBoolean()) {
            throw wrong(field, "true or false");
        }
        return node.get(field).asBoolean();
    }

    Optional<String> text(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        if (!node.get(field).isTextual()) {
            throw wrong(field, "a text");
        }
        return Optional.of(node.get(field).asText());
    }

    Optional<List<String>> texts(String field) {
        if (!has(field)) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : node.get(field)) {
            values.add(value.asText());
        }
        return Optional.of(values);
    }

    List<Double> numbers(String field, int size) {
        List<Double> values = new ArrayList<>();
        for (JsonNode value : node.path(field)) {
            values.add(value.asDouble());
        }
        if (values.size() != size) {
            throw wrong(field, "a list of %d numbers".formatted(size));
        }
        return values;
    }

    /** A field that is one integer or a list of them. */
    List<Integer> integers(String field) {
        if (!has(field)) {
            return List.of();
        }
        JsonNode value = node.get(field);
        if (value.isInt()) {
            return List.of(value.asInt());
        }
        List<Integer> values = new ArrayList<>();
        for (JsonNode element : value) {
            if (!element.isInt()) {
                throw wrong(field, "a whole number or a list of them");
            }
            values.add(element.asInt());
        }
        return values;
    }

    CheckpointException wrong(String field, String wanted) {
        return new CheckpointException(
                file,
                "`%s%s` is %s"
                        .formatted(prefix, field, node.has(field) ? node.get(field) : "absent"),
                "it must be " + wanted);
    }

    CheckpointException unsupported(String field, String supported) {
        return new CheckpointException(
                file,
                "`%s%s` is %s, which this runtime does not know"
                        .formatted(prefix, field, node.path(field)),
                "use a checkpoint with " + supported);
    }
}
