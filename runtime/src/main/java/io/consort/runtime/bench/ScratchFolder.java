package io.consort.runtime.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A new temporary folder, which is gone with its content when this is closed, and also when the
 * program is interrupted before.
 */
final class ScratchFolder implements AutoCloseable {

    private final Path path;
    private final Thread interruption = new Thread(this::delete, "scratch folder");

    ScratchFolder(String prefix) throws IOException {
        this(Files.createTempDirectory(prefix));
    }

    ScratchFolder(Path within, String prefix) throws IOException {
        this(Files.createTempDirectory(within, prefix));
    }

    private ScratchFolder(Path path) {
        this.path = path;
        Runtime.getRuntime().addShutdownHook(interruption);
    }

    Path path() {
        return path;
    }

    /** Removes what is there; what somebody else removed is no mistake. */
    private void delete() {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete();
        ShutdownHooks.remove(interruption);
    }
}
