package io.consort.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The top level of the repository. */
final class RepositoryRoot {

    private static final Set<String> KNOWN =
            Set.of(
                    ".ci",
                    ".git",
                    ".gitignore",
                    ".mvn",
                    "CHANGELOG.md",
                    "CONTRIBUTING.md",
                    "LICENSE",
                    "NOTICE",
                    "README.md",
                    "consort",
                    "docs",
                    "experts",
                    "latent-fusion",
                    "native",
                    "pom.xml",
                    "router",
                    "runtime",
                    "src");
    private static final Set<String> IGNORED =
            Set.of("target", "data", "node_modules", ".idea", ".vscode");

    private RepositoryRoot() {}

    static Path path() {
        return Path.of(
                Optional.ofNullable(System.getProperty("consort.root"))
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "-Dconsort.root must name the repository's root")));
    }

    /** Entries that have no place there. */
    static List<String> strangers(Path root) {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !KNOWN.contains(name) && !IGNORED.contains(name))
                    .filter(name -> !name.endsWith(".iml"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
