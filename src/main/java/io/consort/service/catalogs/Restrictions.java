package io.consort.service.catalogs;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What only root may put into a catalog, because it reaches beyond the tenant: variables of the
 * service's environment, files of the service, addresses that are not public. Others may keep what is
 * there already, as long as its expert's calls go to the same address.
 */
public final class Restrictions {

    private static final List<String> SOURCES = List.of("local", "openai", "anthropic", "gemini");

    private final Path folder;
    private final List<Path> open;
    private final Function<URI, Optional<String>> guard;

    /**
     * Restrictions of one service.
     *
     * @param folder from which relative paths are taken, absolute
     * @param open folders whose files every tenant may name, absolute
     * @param guard why an address may not be called, and the remedy; empty where it may
     */
    public Restrictions(Path folder, List<Path> open, Function<URI, Optional<String>> guard) {
        this.folder = folder;
        this.open = List.copyOf(open);
        this.guard = guard;
    }

    /**
     * A restricted value.
     *
     * @param address where the expert's calls go; empty for what is not an expert's
     */
    private record Value(String path, String value, String address) {}

    private record Found(Value value, int line, String problem) {}

    /**
     * What stands in the way of somebody who is not root.
     *
     * @param before what is live
     * @return each as {@code catalog:line: what; remedy}
     */
    public List<String> objections(CatalogDocument document, Optional<CatalogDocument> before) {
        Set<Value> kept =
                before.map(this::restricted).orElse(List.of()).stream()
                        .map(Found::value)
                        .collect(Collectors.toUnmodifiableSet());
        return restricted(document).stream()
                .filter(found -> !kept.contains(found.value()))
                .map(found ->
                        "%s:%d: `%s` %s"
                                .formatted(
                                        CatalogDocument.NAME,
                                        found.line(),
                                        found.value().path(),
                                        found.problem()))
                .toList();
    }

    private List<Found> restricted(CatalogDocument document) {
        List<Found> found = new ArrayList<>();
        document.elements(Part.EXPERT)
                .forEach((id, expert) -> inExpert("experts." + id, expert, found));
        FileFields.of(document.root()).forEach(field -> file(field, found));
        return found;
    }

    private void inExpert(String path, Node expert, List<Found> found) {
        for (String kind : SOURCES) {
            Optional<Node> source = Nodes.value(expert, kind);
            if (source.isEmpty()) {
                continue;
            }
            String address = Nodes.text(source.get(), "base-url").orElse("");
            variables(path + "." + kind, source.get(), address, found);
            Nodes.value(source.get(), "base-url")
                    .ifPresent(node ->
                            blame(address)
                                    .ifPresent(problem ->
                                            found.add(
                                                    new Found(
                                                            new Value(
                                                                    path + "." + kind + ".base-url",
                                                                    address,
                                                                    address),
                                                            Nodes.line(node),
                                                            problem))));
        }
    }

    private static void variables(String path, Node node, String address, List<Found> found) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                variables(path + "." + Nodes.key(tuple), tuple.getValueNode(), address, found);
            }
        } else if (node instanceof ScalarNode scalar && scalar.getValue().contains("${")) {
            found.add(
                    new Found(
                            new Value(path, scalar.getValue(), address),
                            Nodes.line(node),
                            "names a variable of the service's environment, which takes a root key;"
                                    + " give the value itself, keys are stored encrypted"));
        }
    }

    private Optional<String> blame(String address) {
        try {
            return guard.apply(new URI(address)).map("takes a root key: "::concat);
        } catch (URISyntaxException told) {
            // The reader has said so, or it is a variable.
            return Optional.empty();
        }
    }

    private void file(FileFields.Field field, List<Found> found) {
        if (isOpen(field.name())) {
            return;
        }
        String folders = open.stream().map(Path::toString).collect(Collectors.joining(" or "));
        found.add(
                new Found(
                        new Value(field.path(), field.name(), ""),
                        field.line(),
                        "is \"%s\", outside the folders that tenants may name; %s"
                                .formatted(
                                        field.name(),
                                        open.isEmpty()
                                                ? "it takes a root key"
                                                : "use a path below " + folders)));
    }

    private boolean isOpen(String name) {
        try {
            Path file = folder.resolve(name).normalize();
            return open.stream().anyMatch(file::startsWith) && staysInside(file);
        } catch (InvalidPathException malformed) {
            return false;
        }
    }

    /** A link must not lead outside; what does not exist leads nowhere. */
    private boolean staysInside(Path file) {
        try {
            Path real = file.toRealPath();
            for (Path allowed : open) {
                if (real.startsWith(allowed.toRealPath())) {
                    return true;
                }
            }
            return false;
        } catch (IOException missing) {
            return true;
        }
    }
}
