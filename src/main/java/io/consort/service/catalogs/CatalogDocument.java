package io.consort.service.catalogs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A catalog as its author wrote it: YAML, or JSON, which is YAML too. Immutable; an edit makes
 * another document in the same style. Whether it describes a catalog is not known until it is read.
 */
public final class CatalogDocument {

    /** What messages call a document. */
    public static final String NAME = "catalog";

    private static final String PLAN = "from";

    private final String text;
    private final Node root;

    private CatalogDocument(String text, Node root) {
        this.text = text;
        this.root = root;
    }

    /**
     * The document of a text.
     *
     * @throws CatalogFileException where it is not YAML, or no mapping, or has aliases
     */
    public static CatalogDocument parse(String text) throws CatalogFileException {
        Node root = CatalogFile.tree(text, NAME);
        requireTree(root, NAME);
        if (!(root instanceof MappingNode)) {
            throw new CatalogFileException(
                    List.of(
                            "%s:%d: the document should be a mapping; begin it with `version: 1`"
                                    .formatted(NAME, Nodes.line(root))));
        }
        return new CatalogDocument(text, root);
    }

    /** The document of a text that was one before. */
    public static CatalogDocument kept(String text) {
        try {
            return parse(text);
        } catch (CatalogFileException impossible) {
            throw new IllegalStateException("a document does not stay one", impossible);
        }
    }

    /** The text. */
    public String text() {
        return text;
    }

    /** SHA-256 of the text, in hexadecimal digits. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Writes the whole as one JSON object. */
    public void write(JsonGenerator out) throws IOException {
        NodeJson.write(out, root);
    }

    /** Writes one element as a JSON value. */
    public void write(JsonGenerator out, Part part, String id) throws IOException {
        NodeJson.write(out, element(part, id).orElseThrow());
    }

    /** The ids of a part, in the order of the document. */
    public List<String> ids(Part part) {
        return List.copyOf(elements(part).keySet());
    }

    /** Whether there is such an element. */
    public boolean has(Part part, String id) {
        return element(part, id).isPresent();
    }

    /** Whether the map is to be found rather than given, so that it has no elements. */
    public boolean plansMap() {
        return Nodes.value(root, Part.MAP.key()).flatMap(map -> Nodes.text(map, PLAN)).isPresent();
    }

    /**
     * The document with an element in the place of the one with its id, or behind the others.
     *
     * @param element YAML or JSON; its id may be left out
     * @throws CatalogFileException where the element is not YAML or has another id
     */
    public CatalogDocument with(Part part, String id, String element) throws CatalogFileException {
        String name = part.word() + " " + id;
        Node node = CatalogFile.tree(element, name);
        requireTree(node, name);
        if (part != Part.MAP) {
            named(node, id, name);
        }
        return changed(tree -> put(tree, part, id, node));
    }

    /** The document without an element. */
    public CatalogDocument without(Part part, String id) {
        return changed(tree -> remove(tree, part, id));
    }

    /** The fields that may hold secrets. */
    List<SecretFields.Field> secrets() {
        return SecretFields.of(root);
    }

    /** The document with other values at these places. */
    CatalogDocument withSecrets(Map<SecretPlace, String> values) {
        if (values.isEmpty()) {
            return this;
        }
        return changed(tree ->
                SecretFields.replace(
                        tree, field -> Optional.ofNullable(values.get(field.place()))));
    }

    /** The tree, not to be changed. */
    Node root() {
        return root;
    }

    /** The elements of a part by their ids; of a map that is to be found, none. */
    Map<String, Node> elements(Part part) {
        return Elements.of(root, part);
    }

    private Optional<Node> element(Part part, String id) {
        return Optional.ofNullable(elements(part).get(id));
    }

    /** The document with its tree changed; the change may be made twice, on two trees. */
    CatalogDocument changed(Consumer<Node> change) {
        return kept(YamlText.changed(text, change));
    }

    private static void put(Node tree, Part part, String id, Node element) {
        MappingNode mapping = (MappingNode) tree;
        if (part == Part.MAP) {
            Node map = Nodes.value(tree, part.key()).orElseGet(CatalogDocument::emptyMapping);
            Nodes.put(mapping, part.key(), map);
            Nodes.put((MappingNode) map, id, element);
            return;
        }
        Node list = Nodes.value(tree, part.key()).orElseGet(CatalogDocument::emptyList);
        Nodes.put(mapping, part.key(), list);
        Elements.put((SequenceNode) list, id, element);
    }

    private static void remove(Node tree, Part part, String id) {
        Optional<Node> all = Nodes.value(tree, part.key());
        if (part == Part.MAP) {
            all.ifPresent(map -> Nodes.tuples(map).removeIf(tuple -> Nodes.key(tuple).equals(id)));
            return;
        }
        all.ifPresent(list -> Nodes.elements(list).removeIf(node -> Elements.has(node, id)));
    }

    private static MappingNode emptyMapping() {
        return new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
    }

    private static SequenceNode emptyList() {
        return new SequenceNode(Tag.SEQ, new ArrayList<>(), FlowStyle.BLOCK);
    }

    private static void named(Node node, String id, String name) throws CatalogFileException {
        if (!(node instanceof MappingNode mapping)) {
            throw new CatalogFileException(
                    List.of(
                            "%s:%d: this should be a mapping; write `key: value` lines"
                                    .formatted(name, Nodes.line(node))));
        }
        Optional<String> given = Nodes.text(node, "id");
        if (given.isPresent() && !given.get().equals(id)) {
            throw new CatalogFileException(
                    List.of(
                            "%s:%d: `id` is \"%s\" but the path says \"%s\"; make them equal or leave `id` out"
                                    .formatted(name, Nodes.line(node), given.get(), id)));
        }
        if (given.isEmpty()) {
            mapping.getValue().addFirst(new NodeTuple(Nodes.scalar("id"), Nodes.scalar(id)));
        }
    }

    private static void requireTree(Node root, String name) throws CatalogFileException {
        Optional<Node> shared = Nodes.shared(root);
        if (shared.isPresent()) {
            throw new CatalogFileException(
                    List.of(
                            "%s:%d: an alias stands for this again; write it out wherever it is needed"
                                    .formatted(name, Nodes.line(shared.get()))));
        }
    }
}
