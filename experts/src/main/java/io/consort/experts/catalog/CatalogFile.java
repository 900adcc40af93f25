package io.consort.experts.catalog;

import io.consort.experts.Catalog;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads catalogs from YAML files. */
public final class CatalogFile {

    private static final int LARGEST = 16 << 20;

    private CatalogFile() {}

    /**
     * The catalog that a file describes, at revision 1.
     *
     * @param file in the form that the documentation describes; relative paths inside it are taken
     *     from its folder
     * @param environment the variables that <code>${NAME}</code> may stand for
     * @throws CatalogFileException with every problem found; nothing else is thrown for any content
     */
    public static Catalog read(Path file, Map<String, String> environment)
            throws CatalogFileException {
        Problems problems = new Problems(file.toString());
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = Optional.ofNullable(absolute.getParent()).orElse(absolute);
        Optional<Catalog> catalog =
                text(file, problems)
                        .flatMap(text -> document(text, problems))
                        .flatMap(root -> CatalogReader.read(root, folder, environment, problems));
        problems.throwIfAny();
        return catalog.orElseThrow();
    }

    /**
     * The catalog that a text describes, at revision 1.
     *
     * @param name what messages call the text
     * @param folder from which relative paths are taken, absolute
     */
    public static Catalog read(
            String text, String name, Path folder, Map<String, String> environment)
            throws CatalogFileException {
        Problems problems = new Problems(name);
        Optional<Catalog> catalog =
                document(text, problems)
                        .flatMap(root -> CatalogReader.read(root, folder, environment, problems));
        problems.throwIfAny();
        return catalog.orElseThrow();
    }

    /**
     * The tree of a text; that it is YAML is all that is checked.
     *
     * @param name what messages call the text
     */
    public static Node tree(String text, String name) throws CatalogFileException {
        Problems problems = new Problems(name);
        Optional<Node> tree = document(text, problems);
        problems.throwIfAny();
        return tree.orElseThrow();
    }

    private static Optional<String> text(Path file, Problems problems) {
        try {
            if (Files.size(file) > LARGEST) {
                problems.add(
                        1, "the file is larger than 16 MiB", "move examples to `examples-file`s");
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException malformed) {
            problems.add(1, "the file is not UTF-8", "save it as UTF-8");
        } catch (IOException unreadable) {
            problems.add(
                    1,
                    "the file cannot be read (%s)".formatted(unreadable),
                    "check that it exists and may be read");
        }
        return Optional.empty();
    }

    private static Optional<Node> document(String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(1, "the file is empty", "begin it with `version: 1`");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException malformed) {
            int line =
                    malformed.getProblemMark() == null ? 0 : malformed.getProblemMark().getLine();
            problems.add(
                    line + 1,
                    "this is not YAML: " + oneLine(malformed.getProblem()),
                    "look at indentation, colons and quotes");
        } catch (RuntimeException malformed) {
            // The YAML library fails in several ways; all of them mean that it could not read this.
            problems.add(
                    1,
                    "this is not YAML: " + oneLine(malformed.getMessage()),
                    "look for characters that cannot be printed");
        }
        return Optional.empty();
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no reason known" : message.lines().findFirst().orElse("");
    }
}
