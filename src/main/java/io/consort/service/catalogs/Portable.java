package io.consort.service.catalogs;

import io.consort.experts.catalog.CatalogFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Makes documents mean the same wherever they are read. */
public final class Portable {

    private Portable() {}

    /**
     * The document with the examples of its files written into it, and with absolute paths where
     * there is something at the relative ones.
     *
     * @param folder from which relative paths are taken, absolute
     * @throws CatalogFileException where a file of examples cannot be read
     */
    public static CatalogDocument of(CatalogDocument document, Path folder)
            throws CatalogFileException {
        List<String> problems = new ArrayList<>();
        CatalogDocument portable =
                document.changed(tree -> {
                    problems.clear();
                    FileFields.of(tree).forEach(field -> settle(field, folder, problems));
                });
        if (!problems.isEmpty()) {
            throw new CatalogFileException(problems);
        }
        return portable;
    }

    private static void settle(FileFields.Field field, Path folder, List<String> problems) {
        try {
            Path file = folder.resolve(field.name()).normalize();
            if (field.key().equals(FileFields.EXAMPLES)) {
                inline(field.holder(), Files.readAllLines(file));
            } else if (Files.exists(file)) {
                Nodes.put(field.holder(), field.key(), Nodes.scalar(file.toString()));
            }
        } catch (IOException | InvalidPathException unreadable) {
            problems.add(
                    "%s:%d: `%s` is \"%s\", which cannot be read from %s; correct the path"
                            .formatted(
                                    CatalogDocument.NAME,
                                    field.line(),
                                    field.path(),
                                    field.name(),
                                    folder));
        }
    }

    private static void inline(MappingNode holder, List<String> lines) {
        List<Node> examples = new ArrayList<>();
        Nodes.value(holder, "examples").map(Nodes::elements).ifPresent(examples::addAll);
        lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Nodes::scalar)
                .forEach(examples::add);
        holder.getValue().removeIf(tuple -> Nodes.key(tuple).equals(FileFields.EXAMPLES));
        Nodes.put(holder, "examples", new SequenceNode(Tag.SEQ, examples, FlowStyle.BLOCK));
    }
}
