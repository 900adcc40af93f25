package io.consort.service.catalogs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/**
 * What changes from one document to another. The order of elements and comments do not count.
 *
 * @param changes by parts, in the order of the documents
 */
public record CatalogDiff(List<Change> changes) {

    public CatalogDiff {
        changes = List.copyOf(changes);
    }

    /** What happens to an element. */
    public enum Kind {
        /** It is new. */
        ADDED("+"),
        /** It was there and differs. */
        CHANGED("~"),
        /** It is gone. */
        REMOVED("-");

        private final String sign;

        Kind(String sign) {
            this.sign = sign;
        }
    }

    /**
     * A change of one element.
     *
     * @param part what it is, such as {@code expert}
     * @param id empty for what there is one of
     * @param fields what differs; empty unless the element is changed
     */
    public record Change(String part, String id, Kind kind, List<FieldChange> fields) {
        public Change {
            fields = List.copyOf(fields);
        }

        private String words() {
            StringBuilder words = new StringBuilder(kind.sign).append(' ').append(part);
            if (!id.isEmpty()) {
                words.append(' ').append(id);
            }
            String separator = ": ";
            for (FieldChange field : fields) {
                words.append(separator).append(field.words());
                separator = "; ";
            }
            return words.toString();
        }
    }

    /** A field that differs; a side that lacks it is empty. */
    public record FieldChange(String path, Optional<String> before, Optional<String> after) {

        private String words() {
            String name = path.isEmpty() ? "" : path + " ";
            if (before.isEmpty()) {
                return name + "added: " + after.orElse("");
            }
            return after.map(now -> name + before.get() + " -> " + now).orElse(name + "removed");
        }
    }

    /** What changes from one document to another; without the first, everything is new. */
    public static CatalogDiff between(Optional<CatalogDocument> before, CatalogDocument after) {
        List<Change> changes = new ArrayList<>();
        for (Part part : Part.values()) {
            compare(
                    part.word(),
                    before.map(document -> document.elements(part)).orElse(Map.of()),
                    after.elements(part),
                    changes);
        }
        compare("map plan", before.map(CatalogDiff::plan).orElse(Map.of()), plan(after), changes);
        compare("others", before.map(CatalogDiff::others).orElse(Map.of()), others(after), changes);
        return new CatalogDiff(changes);
    }

    /** Whether nothing changes. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** A line for each change. */
    public List<String> words() {
        return changes.stream().map(Change::words).toList();
    }

    /** Writes the changes as a JSON array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Change change : changes) {
            out.writeStartObject();
            out.writeStringField("part", change.part());
            out.writeStringField("id", change.id());
            out.writeStringField("change", change.kind().name().toLowerCase(Locale.ROOT));
            out.writeArrayFieldStart("fields");
            for (FieldChange field : change.fields()) {
                out.writeStartObject();
                out.writeStringField("path", field.path());
                Json.writeOptional(out, "before", field.before());
                Json.writeOptional(out, "after", field.after());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static Map<String, Node> plan(CatalogDocument document) {
        return document.plansMap() ? single(document, Part.MAP.key()) : Map.of();
    }

    private static Map<String, Node> others(CatalogDocument document) {
        return single(document, "others");
    }

    private static Map<String, Node> single(CatalogDocument document, String key) {
        return Nodes.value(document.root(), key).map(node -> Map.of("", node)).orElse(Map.of());
    }

    private static void compare(
            String part, Map<String, Node> before, Map<String, Node> after, List<Change> changes) {
        Set<String> ids = new LinkedHashSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (String id : ids) {
            Node old = before.get(id);
            Node now = after.get(id);
            if (old == null) {
                changes.add(new Change(part, id, Kind.ADDED, List.of()));
            } else if (now == null) {
                changes.add(new Change(part, id, Kind.REMOVED, List.of()));
            } else {
                List<FieldChange> fields = fields(old, now);
                if (!fields.isEmpty()) {
                    changes.add(new Change(part, id, Kind.CHANGED, fields));
                }
            }
        }
    }

    private static List<FieldChange> fields(Node before, Node after) {
        Map<String, Leaf> old = new LinkedHashMap<>();
        Map<String, Leaf> now = new LinkedHashMap<>();
        Leaf.gather(before, "", old);
        Leaf.gather(after, "", now);
        Set<String> paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<FieldChange> fields = new ArrayList<>();
        for (String path : paths) {
            Optional<Leaf> then = Optional.ofNullable(old.get(path));
            Optional<Leaf> next = Optional.ofNullable(now.get(path));
            if (!then.equals(next)) {
                fields.add(
                        new FieldChange(
                                path, then.map(Leaf::words), next.map(leaf -> leaf.words(then))));
            }
        }
        return fields;
    }
}
