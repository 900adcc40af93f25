package io.consort.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java sources of a repository.
 *
 * @param sources in order of their paths
 */
record SourceTree(List<Source> sources) {

    private static final Set<String> SKIPPED = Set.of("target", ".git", "node_modules");
    private static final String PACKAGE_INFO = "package-info.java";

    /**
     * One source file.
     *
     * @param path from the repository's root, with slashes
     */
    record Source(String path, List<String> lines) {

        private boolean isMain() {
            return ("/" + path).contains("/src/main/java/");
        }

        /** Programs of one file that lie outside every source folder are in no package. */
        private boolean isInPackage() {
            return path.contains("/java/");
        }

        private String packageName() {
            String inRoot = path.substring(path.indexOf("/java/") + "/java/".length());
            return inRoot.substring(0, Math.max(0, inRoot.lastIndexOf('/'))).replace('/', '.');
        }
    }

    static SourceTree below(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return new SourceTree(
                    paths.filter(path -> path.toString().endsWith(".java"))
                            .filter(path -> isKept(root.relativize(path)))
                            .map(path -> read(root, path))
                            .sorted((one, other) -> one.path.compareTo(other.path))
                            .toList());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Files with more lines than this, with their line counts. */
    List<String> longerThan(int most, Set<String> allowed) {
        return sources.stream()
                .filter(source -> source.lines.size() > most && !allowed.contains(source.path))
                .map(source -> "%s: %d lines".formatted(source.path, source.lines.size()))
                .toList();
    }

    /** Paths that name no file, or one that is not longer than this. */
    List<String> stale(int most, Set<String> allowed) {
        Set<String> stale = new TreeSet<>(allowed);
        sources.stream()
                .filter(source -> source.lines.size() > most)
                .forEach(source -> stale.remove(source.path));
        return List.copyOf(stale);
    }

    /** The median of the main sources' line counts; package descriptions do not count. */
    double medianLines() {
        List<Integer> counts =
                sources.stream()
                        .filter(Source::isMain)
                        .filter(source -> !source.path.endsWith(PACKAGE_INFO))
                        .map(source -> source.lines.size())
                        .sorted()
                        .toList();
        int middle = counts.size() / 2;
        return counts.size() % 2 == 1
                ? counts.get(middle)
                : (counts.get(middle - 1) + counts.get(middle)) / 2.0;
    }

    /** Packages of source folders without a package description, or with one that lacks {@code @NullMarked}. */
    List<String> unmarkedPackages() {
        Set<String> marked =
                sources.stream()
                        .filter(source -> source.path.endsWith("/" + PACKAGE_INFO))
                        .filter(source -> source.lines.contains("@NullMarked"))
                        .filter(source -> source.lines.getFirst().startsWith("/**"))
                        .map(Source::packageName)
                        .collect(Collectors.toSet());
        return sources.stream()
                .filter(Source::isInPackage)
                .map(Source::packageName)
                .filter(name -> !marked.contains(name))
                .distinct()
                .toList();
    }

    private static boolean isKept(Path relative) {
        for (Path part : relative) {
            if (SKIPPED.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private static Source read(Path root, Path path) {
        try {
            return new Source(
                    root.relativize(path).toString().replace('\\', '/'),
                    Files.readAllLines(path, StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
