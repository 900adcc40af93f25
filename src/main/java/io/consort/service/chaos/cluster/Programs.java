package io.consort.service.chaos.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs of others are. */
final class Programs {

    /** Folders with one of several versions, the part that differs as an asterisk. */
    private static final List<String> VERSIONED =
            List.of(
                    "/usr/lib/postgresql/*/bin",
                    "/usr/pgsql-*/bin",
                    "/opt/homebrew/opt/postgresql@*/bin",
                    "/Library/PostgreSQL/*/bin");

    private static final List<String> USUAL =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/usr/local/pgsql/bin");

    private Programs() {}

    /** A program of this name, where one is installed; the newest of several versions. */
    static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(
                        Stream.of(path.split(File.pathSeparator, -1)).filter(s -> !s.isEmpty()),
                        VERSIONED.stream().flatMap(pattern -> matching(pattern).stream()),
                        USUAL.stream())
                .flatMap(folders -> folders)
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<String> matching(String pattern) {
        Path above = Path.of(pattern.substring(0, pattern.lastIndexOf('/', pattern.indexOf('*'))));
        String glob = pattern.substring(above.toString().length() + 1, pattern.lastIndexOf('/'));
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(above, glob)) {
            folders.forEach(folder -> found.add(folder.resolve("bin").toString()));
        } catch (IOException none) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(String::length).thenComparing(s -> s).reversed());
        return found;
    }
}
