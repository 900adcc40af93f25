package io.consort.service.catalogs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Looks into trees of YAML and changes them in place. */
final class Nodes {

    private Nodes() {}

    /** The value of a mapping's key; empty as well where the node is no mapping. */
    static Optional<Node> value(Node node, String key) {
        return tuples(node).stream()
                .filter(tuple -> isScalar(tuple.getKeyNode(), key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    /** The text of a mapping's key; empty where there is none. */
    static Optional<String> text(Node node, String key) {
        return value(node, key)
                .filter(ScalarNode.class::isInstance)
                .map(value -> ((ScalarNode) value).getValue());
    }

    /** The entries of a mapping; none where the node is something else. */
    static List<NodeTuple> tuples(Node node) {
        return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
    }

    /** The elements of a list; none where the node is something else. */
    static List<Node> elements(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    /** The text of a key; empty where the key is no text. */
    static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** Sets the value of a mapping's key, at its place or behind the others. */
    static void put(MappingNode mapping, String key, Node value) {
        List<NodeTuple> tuples = mapping.getValue();
        for (int i = 0; i < tuples.size(); i++) {
            if (isScalar(tuples.get(i).getKeyNode(), key)) {
                tuples.set(i, new NodeTuple(tuples.get(i).getKeyNode(), value));
                return;
            }
        }
        tuples.add(new NodeTuple(scalar(key), value));
    }

    /** A text. */
    static ScalarNode scalar(String text) {
        return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.PLAIN);
    }

    /** The line of a node, from 1. */
    static int line(Node node) {
        return node.getStartMark() == null ? 1 : node.getStartMark().getLine() + 1;
    }

    /** Whether two trees say the same in the same order. */
    static boolean same(Node one, Node other) {
        return switch (one) {
            case ScalarNode scalar ->
                    other instanceof ScalarNode that
                            && scalar.getValue().equals(that.getValue())
                            && scalar.getTag().equals(that.getTag());
            case SequenceNode sequence ->
                    other instanceof SequenceNode that
                            && same(sequence.getValue(), that.getValue());
            case MappingNode mapping ->
                    other instanceof MappingNode that
                            && same(flat(mapping.getValue()), flat(that.getValue()));
            default -> false;
        };
    }

    private static boolean same(List<Node> one, List<Node> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<Node> flat(List<NodeTuple> tuples) {
        List<Node> flat = new ArrayList<>();
        for (NodeTuple tuple : tuples) {
            flat.add(tuple.getKeyNode());
            flat.add(tuple.getValueNode());
        }
        return flat;
    }

    /** A node that is in the tree more than once, by an alias. */
    static Optional<Node> shared(Node root) {
        return Optional.ofNullable(
                shared(root, Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    private static @Nullable Node shared(Node node, Set<Node> seen) {
        if (!seen.add(node)) {
            return node;
        }
        List<Node> inside =
                node instanceof MappingNode mapping ? flat(mapping.getValue()) : elements(node);
        for (Node child : inside) {
            Node found = shared(child, seen);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isScalar(Node node, String text) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
    }
}
