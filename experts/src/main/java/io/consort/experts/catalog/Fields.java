package io.consort.experts.catalog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one YAML mapping. What is asked for and is missing or wrong is noted as a problem,
 * and a stand-in is given back, so that reading goes on and finds the other problems.
 */
final class Fields {

    private final Node node;
    private final String path;
    private final Problems problems;
    private final Map<String, Node> values = new LinkedHashMap<>();

    private Fields(Node node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /**
     * The fields of a node that should be a mapping.
     *
     * @param path of the node, for messages; empty for the document
     * @param known the keys that it may have
     */
    static Fields of(Node node, String path, Problems problems, List<String> known) {
        Fields fields = new Fields(node, path, problems);
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> fields.put(tuple, known));
        } else {
            problems.add(
                    node,
                    "%s should be a mapping, not %s".formatted(fields.name(), kind(node)),
                    "write `key: value` lines; keys: " + String.join(", ", known));
        }
        return fields;
    }

    private void put(NodeTuple tuple, List<String> known) {
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            problems.add(
                    tuple.getKeyNode(), "a key of %s is no text".formatted(name()), "use a word");
            return;
        }
        String word = key.getValue();
        if (!known.isEmpty() && !known.contains(word)) {
            problems.add(
                    key,
                    "unknown key `%s` in %s".formatted(word, name()),
                    NearestWord.remedy(word, known));
        }
        if (values.putIfAbsent(word, tuple.getValueNode()) != null) {
            problems.add(key, "the key `%s` is in %s twice".formatted(word, name()), "remove one");
        }
    }

    Node node() {
        return node;
    }

    Problems problems() {
        return problems;
    }

    /** The path of the mapping, for messages. */
    String path() {
        return path;
    }

    /** The path of a field, for messages. */
    String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String name() {
        return path.isEmpty() ? "the file" : "`" + path + "`";
    }

    /** Field names and values in the order of the file. */
    Map<String, Node> values() {
        return values;
    }

    Optional<Node> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A nested mapping. */
    Optional<Fields> mapping(String key, List<String> known) {
        return value(key).map(value -> of(value, path(key), problems, known));
    }

    /** The elements of a list; none where it is missing. */
    List<Node> list(String key) {
        return value(key).map(value -> list(value, path(key))).orElse(List.of());
    }

    /** The elements of a node that should be a list. */
    List<Node> list(Node value, String where) {
        if (value instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(
                value,
                "`%s` should be a list, not %s".formatted(where, kind(value)),
                "write [a, b] or one `- a` per line");
        return List.of();
    }

    /** The texts of a list. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : list(key)) {
            text(element, path(key)).ifPresent(texts::add);
        }
        return texts;
    }

    Optional<String> text(String key) {
        return value(key).flatMap(value -> text(value, path(key)));
    }

    /** A text that must be there; empty where it is not. */
    String requiredText(String key, String remedy) {
        if (!values.containsKey(key)) {
            missing(key, remedy);
        }
        return text(key).orElse("");
    }

    void missing(String key, String remedy) {
        problems.add(node, "`%s` is missing".formatted(path(key)), remedy);
    }

    /** The text of a node that should be one. */
    Optional<String> text(Node value, String where) {
        if (value instanceof ScalarNode scalar
                && !scalar.getTag().equals(Tag.NULL)
                && !scalar.getValue().isBlank()) {
            return Optional.of(scalar.getValue());
        }
        problems.add(
                value,
                "`%s` should be text, not %s".formatted(where, kind(value)),
                "write a word, or text in quotes");
        return Optional.empty();
    }

    Optional<Boolean> flag(String key) {
        return text(key)
                .flatMap(text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> wrong(key, text, "write true or false");
                        });
    }

    OptionalInt integer(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.get()));
        } catch (NumberFormatException noNumber) {
            wrong(key, text.get(), "write a whole number such as 2");
            return OptionalInt.empty();
        }
    }

    Optional<Double> number(String key) {
        return text(key)
                .flatMap(text -> {
                    try {
                        return Optional.of(Double.parseDouble(text));
                    } catch (NumberFormatException noNumber) {
                        return wrong(key, text, "write a number such as 0.5");
                    }
                });
    }

    Optional<Duration> duration(String key) {
        return text(key)
                .flatMap(text -> {
                    Optional<Duration> duration = Quantity.duration(text);
                    return duration.isPresent()
                            ? duration
                            : wrong(key, text, "write a duration such as 500ms, 30s, 5m or 1h");
                });
    }

    OptionalLong count(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong count = Quantity.count(text.get());
        if (count.isEmpty()) {
            wrong(key, text.get(), "write a count such as 3.1M, 7B or 124000000");
        }
        return count;
    }

    OptionalLong bytes(String key) {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        OptionalLong bytes = Quantity.bytes(text.get());
        if (bytes.isEmpty()) {
            wrong(key, text.get(), "write a size such as 20GiB, 500MiB or 1000000");
        }
        return bytes;
    }

    /** Notes that a field has a value that makes no sense. */
    <T> Optional<T> wrong(String key, String text, String remedy) {
        problems.add(value(key).orElse(node), "`%s` is \"%s\"".formatted(path(key), text), remedy);
        return Optional.empty();
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar when scalar.getValue().isBlank() -> "blank";
            default -> "a value";
        };
    }
}
