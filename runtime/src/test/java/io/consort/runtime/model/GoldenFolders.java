package io.consort.runtime.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The checkpoints with golden answers among the test resources. */
public final class GoldenFolders {

    private static final Path ROOT = root();

    private GoldenFolders() {}

    private static Path root() {
        URL resource =
                Objects.requireNonNull(
                        GoldenFolders.class.getResource("/golden"), "no golden folder");
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All of them; at least the five that transformers made. */
    public static List<Path> all() {
        try (Stream<Path> entries = Files.list(ROOT)) {
            List<Path> folders = entries.filter(Files::isDirectory).sorted().toList();
            if (folders.size() < 5) {
                throw new IllegalStateException(ROOT + " holds too few checkpoints");
            }
            return folders;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one of a name. */
    public static Path named(String name) {
        return ROOT.resolve(name);
    }

    /** A copy that a test may damage. */
    public static Path copy(String name, Path target) {
        try (Stream<Path> files = Files.list(named(name))) {
            Files.createDirectories(target);
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
