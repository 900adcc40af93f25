package io.consort.service.catalogs;

import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds every field of a document that names a file or a folder. */
final class FileFields {

    static final String EXAMPLES = "examples-file";

    private final List<Field> found = new ArrayList<>();

    private FileFields() {}

    /**
     * A field.
     *
     * @param path for messages
     * @param holder the mapping that has it
     * @param name of the file or folder
     */
    record Field(String path, MappingNode holder, String key, String name, int line) {}

    static List<Field> of(Node root) {
        FileFields fields = new FileFields();
        Elements.of(root, Part.EXPERT)
                .forEach((id, expert) ->
                        Nodes.value(expert, "local")
                                .ifPresent(local ->
                                        fields.look(
                                                "experts.%s.local".formatted(id),
                                                local,
                                                "checkpoint")));
        Elements.of(root, Part.CATEGORY)
                .forEach((id, category) -> fields.look("categories." + id, category, EXAMPLES));
        Elements.of(root, Part.POLICY)
                .forEach((id, policy) -> {
                    for (NodeTuple kind : Nodes.tuples(policy)) {
                        fields.look(
                                "policies.%s.%s".formatted(id, Nodes.key(kind)),
                                kind.getValueNode(),
                                "outcomes");
                    }
                });
        Nodes.value(root, "others").ifPresent(others -> fields.look("others", others, EXAMPLES));
        Nodes.value(root, Part.MAP.key()).ifPresent(map -> fields.look("map", map, "from"));
        return fields.found;
    }

    private void look(String path, Node node, String key) {
        if (node instanceof MappingNode holder
                && Nodes.value(node, key).orElse(node) instanceof ScalarNode name) {
            found.add(new Field(path + "." + key, holder, key, name.getValue(), Nodes.line(name)));
        }
    }
}
