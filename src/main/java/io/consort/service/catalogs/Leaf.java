package io.consort.service.catalogs;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A value or a list of values at the end of a path.
 *
 * @param list whether it is a list, also of one
 */
record Leaf(boolean list, List<String> values) {

    private static final int LONGEST = 120;

    Leaf {
        values = List.copyOf(values);
    }

    /** Gathers the leaves of a tree by their paths. */
    static void gather(Node node, String path, Map<String, Leaf> leaves) {
        switch (node) {
            case MappingNode mapping -> {
                for (NodeTuple tuple : mapping.getValue()) {
                    String key = Nodes.key(tuple);
                    gather(tuple.getValueNode(), path.isEmpty() ? key : path + "." + key, leaves);
                }
            }
            case SequenceNode sequence ->
                    leaves.put(
                            path,
                            new Leaf(true, sequence.getValue().stream().map(Leaf::text).toList()));
            default -> leaves.put(path, new Leaf(false, List.of(text(node))));
        }
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : node.getNodeId().name();
    }

    /** The values; how many, where they are too long to be read. */
    String words() {
        String joined = String.join(", ", values);
        if (joined.length() <= LONGEST) {
            return list ? "[" + joined + "]" : joined;
        }
        return list ? values.size() + " entries" : joined.substring(0, LONGEST) + "...";
    }

    /** The values; of a long list, how it differs from what was there. */
    String words(Optional<Leaf> before) {
        if (!list || before.isEmpty() || !words().endsWith(" entries")) {
            return words();
        }
        Set<String> old = new HashSet<>(before.get().values());
        long fresh = values.stream().filter(value -> !old.contains(value)).count();
        return "%s, %d of them new".formatted(words(), fresh);
    }
}
