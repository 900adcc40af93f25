package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.CheckpointException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Metadata of a GGUF file. Values of a wrong type are refused with the file and the key. */
public record GgufMetadata(Path file, Map<String, GgufValue> values) {

    private static final String REMEDY = "fetch the file again, or convert the model again";

    public GgufMetadata {
        values = Map.copyOf(values);
    }

    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** A text, if the key is there. */
    public Optional<String> text(String key) {
        return typed(key, GgufValue.Text.class, "a text").map(GgufValue.Text::value);
    }

    /** A text that must be there. */
    public String requiredText(String key) {
        return text(key).orElseThrow(() -> absent(key));
    }

    /** A whole number below 2^31, if the key is there. */
    public OptionalInt integer(String key) {
        return typed(key, GgufValue.Whole.class, "a whole number")
                .map(whole -> OptionalInt.of(small(key, whole)))
                .orElse(OptionalInt.empty());
    }

    /** A whole number below 2^31 that must be there. */
    public int requiredInteger(String key) {
        return integer(key).orElseThrow(() -> absent(key));
    }

    /**
     * A number for all layers, or one for each of them.
     *
     * @throws CheckpointException if layers differ
     */
    public OptionalInt integerOfAllLayers(String key) {
        if (!(values.get(key) instanceof GgufValue.Items items)) {
            return integer(key);
        }
        List<GgufValue> distinct = items.values().stream().distinct().toList();
        if (distinct.size() != 1 || !(distinct.getFirst() instanceof GgufValue.Whole whole)) {
            throw new CheckpointException(
                    file,
                    "`%s` differs between layers, which this runtime does not know".formatted(key),
                    "use a model whose layers are alike");
        }
        return OptionalInt.of(small(key, whole));
    }

    /** A number, if the key is there. */
    public OptionalDouble number(String key) {
        GgufValue value = values.get(key);
        return switch (value) {
            case null -> OptionalDouble.empty();
            case GgufValue.Real real -> OptionalDouble.of(real.value());
            case GgufValue.Whole whole -> OptionalDouble.of((double) whole.value());
            case GgufValue.Flag _, GgufValue.Text _, GgufValue.Items _ ->
                    throw wrong(key, "a number");
        };
    }

    /** A truth value, or {@code otherwise}. */
    public boolean flag(String key, boolean otherwise) {
        return typed(key, GgufValue.Flag.class, "true or false")
                .map(GgufValue.Flag::value)
                .orElse(otherwise);
    }

    /** A list of texts, if the key is there. */
    public Optional<List<String>> texts(String key) {
        return list(
                key, "texts", value -> value instanceof GgufValue.Text text ? text.value() : null);
    }

    /** A list of numbers, if the key is there. */
    public Optional<List<Double>> numbers(String key) {
        return list(
                key,
                "numbers",
                value ->
                        switch (value) {
                            case GgufValue.Real real -> real.value();
                            case GgufValue.Whole whole -> (double) whole.value();
                            case GgufValue.Flag _, GgufValue.Text _, GgufValue.Items _ -> null;
                        });
    }

    /** A list of truth values, if the key is there. */
    public Optional<List<Boolean>> flags(String key) {
        return list(
                key,
                "truth values",
                value -> value instanceof GgufValue.Flag flag ? flag.value() : null);
    }

    /** Whether a key holds a list. */
    public boolean isList(String key) {
        return values.get(key) instanceof GgufValue.Items;
    }

    private <T> Optional<List<T>> list(
            String key,
            String wanted,
            Function<GgufValue, @org.jspecify.annotations.Nullable T> element) {
        Optional<GgufValue.Items> items = typed(key, GgufValue.Items.class, "a list of " + wanted);
        if (items.isEmpty()) {
            return Optional.empty();
        }
        List<T> elements = new ArrayList<>(items.get().values().size());
        for (GgufValue value : items.get().values()) {
            T converted = element.apply(value);
            if (converted == null) {
                throw wrong(key, "a list of " + wanted);
            }
            elements.add(converted);
        }
        return Optional.of(elements);
    }

    private <T extends GgufValue> Optional<T> typed(String key, Class<T> type, String wanted) {
        GgufValue value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw wrong(key, wanted);
        }
        return Optional.of(type.cast(value));
    }

    private int small(String key, GgufValue.Whole whole) {
        if (whole.value() != (int) whole.value()) {
            throw wrong(key, "a whole number below 2^31");
        }
        return (int) whole.value();
    }

    private CheckpointException wrong(String key, String wanted) {
        return new CheckpointException(file, "`%s` is not %s".formatted(key, wanted), REMEDY);
    }

    private CheckpointException absent(String key) {
        return new CheckpointException(file, "`%s` is absent".formatted(key), REMEDY);
    }
}
