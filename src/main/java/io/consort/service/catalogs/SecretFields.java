package io.consort.service.catalogs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds every field of a document that may hold a secret: the keys and headers of remote experts. */
final class SecretFields {

    private static final List<String> SOURCES = List.of("openai", "anthropic", "gemini");

    private SecretFields() {}

    /**
     * A field with its value as the document has it.
     *
     * @param line from 1
     */
    record Field(SecretPlace place, String value, int line) {

        @Override
        public String toString() {
            return place.path();
        }
    }

    static List<Field> of(Node root) {
        List<Field> found = new ArrayList<>();
        replace(
                root,
                field -> {
                    found.add(field);
                    return Optional.empty();
                });
        return found;
    }

    /** Replaces the values for which there is another, in place. */
    static void replace(Node root, Function<Field, Optional<String>> other) {
        List<Node> experts = Nodes.value(root, "experts").map(Nodes::elements).orElse(List.of());
        for (Node expert : experts) {
            String id = Nodes.text(expert, "id").orElse("");
            for (String source : SOURCES) {
                Nodes.value(expert, source).ifPresent(node -> inSource(id, source, node, other));
            }
        }
    }

    private static void inSource(
            String id, String source, Node node, Function<Field, Optional<String>> other) {
        String address = Nodes.text(node, "base-url").orElse("").replaceAll("/+$", "");
        values(
                node,
                key ->
                        key.equals("api-key")
                                ? Optional.of(new SecretPlace(id, source, address, key))
                                : Optional.empty(),
                other);
        Nodes.value(node, "headers")
                .ifPresent(headers ->
                        values(
                                headers,
                                name ->
                                        Optional.of(
                                                new SecretPlace(
                                                        id, source, address, "headers." + name)),
                                other));
    }

    private static void values(
            Node node,
            Function<String, Optional<SecretPlace>> place,
            Function<Field, Optional<String>> other) {
        if (!(node instanceof MappingNode mapping)) {
            return;
        }
        mapping.getValue()
                .replaceAll(tuple -> {
                    Optional<SecretPlace> here = place.apply(Nodes.key(tuple));
                    if (here.isEmpty() || !(tuple.getValueNode() instanceof ScalarNode scalar)) {
                        return tuple;
                    }
                    return other.apply(new Field(here.get(), scalar.getValue(), Nodes.line(scalar)))
                            .map(text -> new NodeTuple(tuple.getKeyNode(), like(scalar, text)))
                            .orElse(tuple);
                });
    }

    private static ScalarNode like(ScalarNode before, String text) {
        ScalarNode after = Nodes.scalar(text);
        after.setInLineComments(before.getInLineComments());
        after.setBlockComments(before.getBlockComments());
        return after;
    }
}
