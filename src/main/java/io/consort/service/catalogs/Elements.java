package io.consort.service.catalogs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The elements of a document's parts. */
final class Elements {

    private Elements() {}

    /** The elements of a part by their ids, in the order of the document. */
    static Map<String, Node> of(Node root, Part part) {
        Map<String, Node> elements = new LinkedHashMap<>();
        Node all = Nodes.value(root, part.key()).orElse(Nodes.scalar(""));
        if (part == Part.MAP) {
            boolean planned =
                    Nodes.value(all, "from").filter(ScalarNode.class::isInstance).isPresent();
            for (NodeTuple tuple : planned ? List.<NodeTuple>of() : Nodes.tuples(all)) {
                elements.putIfAbsent(Nodes.key(tuple), tuple.getValueNode());
            }
            return elements;
        }
        for (Node element : Nodes.elements(all)) {
            Nodes.text(element, "id").ifPresent(id -> elements.putIfAbsent(id, element));
        }
        return elements;
    }

    /** Whether an element has this id. */
    static boolean has(Node element, String id) {
        return Nodes.text(element, "id").filter(id::equals).isPresent();
    }

    /** Puts an element in the place of the one with its id, or behind the others. */
    static void put(SequenceNode list, String id, Node element) {
        List<Node> elements = list.getValue();
        for (int i = 0; i < elements.size(); i++) {
            if (has(elements.get(i), id)) {
                elements.set(i, element);
                return;
            }
        }
        elements.add(element);
    }
}
