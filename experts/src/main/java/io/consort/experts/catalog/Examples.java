package io.consort.experts.catalog;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Queries given in the catalog file or, one per line, in a file beside it. */
final class Examples {

    static final List<String> KEYS = List.of("examples", "examples-file");

    private final Path folder;

    /**
     * @param folder from which relative paths are taken
     */
    Examples(Path folder) {
        this.folder = folder;
    }

    /** The examples of one mapping, of both sources together; none where it has neither. */
    List<String> of(Fields fields) {
        List<String> inline = fields.texts("examples");
        if (fields.value("examples-file").isEmpty()) {
            return inline;
        }
        return Stream.concat(inline.stream(), lines(fields).stream()).toList();
    }

    private List<String> lines(Fields fields) {
        String name = fields.text("examples-file").orElse("");
        if (name.isEmpty()) {
            return List.of();
        }
        try {
            return Files.readAllLines(folder.resolve(name)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (CharacterCodingException malformed) {
            fields.wrong("examples-file", name, "save that file as UTF-8");
        } catch (IOException | InvalidPathException unreadable) {
            fields.wrong(
                    "examples-file",
                    name,
                    "that file cannot be read from %s; correct the path".formatted(folder));
        }
        return List.of();
    }
}
