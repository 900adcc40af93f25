package io.consort.experts.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;

/** The ids of one kind that a file gives, and where they are used. */
final class References {

    private record Use(Node node, String path, String id) {}

    private final String kind;
    private final Problems problems;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Use> uses = new ArrayList<>();

    /**
     * @param kind what the ids belong to, for messages
     */
    References(String kind, Problems problems) {
        this.kind = kind;
        this.problems = problems;
    }

    /** Notes that an id is given, here for the first time. */
    void define(Node node, String id) {
        Integer before = lines.putIfAbsent(id, Problems.line(node));
        if (before != null) {
            problems.add(
                    node,
                    "the %s \"%s\" is already on line %d".formatted(kind, id, before),
                    "give each its own id");
        }
    }

    /** Notes that an id is used, which may be given later in the file. */
    void use(Node node, String path, String id) {
        uses.add(new Use(node, path, id));
    }

    /** Notes every use of an id that was not given. */
    void check() {
        for (Use use : uses) {
            if (!lines.containsKey(use.id())) {
                problems.add(
                        use.node(),
                        "`%s` names the %s \"%s\", which the file does not describe"
                                .formatted(use.path(), kind, use.id()),
                        NearestWord.remedy(use.id(), lines.keySet()));
            }
        }
    }
}
