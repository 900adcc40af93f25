package io.consort.runtime.kit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What goes into a kit.
 *
 * @param classes folders of compiled modules
 * @param tests folders of compiled tests, with their resources
 * @param libraries jars
 */
record KitContents(List<Path> classes, List<Path> tests, List<Path> libraries) {

    /**
     * Beginnings of the names of jars that accelerator tests, benchmarks and checks need. Tokenizers
     * and chat templates are left out: they work on token ids.
     */
    private static final List<String> NEEDED =
            List.of(
                    "jackson-core-",
                    "jackson-databind-",
                    "jackson-annotations-",
                    "jcuda-",
                    "jspecify-",
                    "slf4j-api-",
                    "assertj-core-",
                    "junit-",
                    "opentest4j-",
                    "open-test-reporting-",
                    "apiguardian-api-");

    /** What every kit needs. */
    private static final List<String> INDISPENSABLE =
            List.of("jackson-databind-", "jcuda-12", "jcuda-natives-", "junit-platform-console-");

    KitContents {
        classes = List.copyOf(classes);
        tests = List.copyOf(tests);
        libraries = List.copyOf(libraries);
    }

    /**
     * What is needed of a classpath.
     *
     * @throws KitException when something is missing on it
     */
    static KitContents of(List<Path> classpath) {
        List<Path> classes = new ArrayList<>();
        List<Path> tests = new ArrayList<>();
        List<Path> libraries = new ArrayList<>();
        for (Path entry : new LinkedHashSet<>(classpath)) {
            if (Files.isDirectory(entry)) {
                (entry.endsWith("test-classes") ? tests : classes).add(entry);
            } else if (isNeeded(entry.getFileName().toString())) {
                libraries.add(entry);
            }
        }
        for (String name : INDISPENSABLE) {
            if (libraries.stream()
                    .noneMatch(path -> path.getFileName().toString().startsWith(name))) {
                throw new KitException(
                        "`%s*.jar` is not on the test classpath; build again with ./consort build"
                                .formatted(name));
            }
        }
        if (classes.isEmpty() || tests.isEmpty()) {
            throw new KitException(
                    "there are no compiled modules and tests; build again with ./consort build");
        }
        return new KitContents(classes, tests, libraries);
    }

    /** What the build of a source tree has left: the modules that have a list of their classpath. */
    static KitContents ofSourceTree(Path root) {
        Set<Path> classpath = new LinkedHashSet<>();
        for (String module : List.of("latent-fusion", "runtime")) {
            Path target = root.resolve(module).resolve("target");
            Optional<String> list = read(target.resolve("kit.classpath"));
            if (list.isPresent()) {
                classpath.add(target.resolve("classes"));
                classpath.add(target.resolve("test-classes"));
                Stream.of(list.get().strip().split(File.pathSeparator))
                        .map(Path::of)
                        .forEach(classpath::add);
            }
        }
        if (classpath.isEmpty()) {
            throw new KitException(
                    "%s holds no build of the runtime; call ./consort gpu-kit in a source tree"
                            .formatted(root));
        }
        return of(List.copyOf(classpath));
    }

    /** The module that a folder of classes belongs to. */
    static String module(Path classes) {
        Path absolute = classes.toAbsolutePath().normalize();
        return absolute.getName(Math.max(0, absolute.getNameCount() - 3)).toString();
    }

    private static boolean isNeeded(String jar) {
        return NEEDED.stream().anyMatch(jar::startsWith)
                || (jar.startsWith("consort-") && !jar.contains("service"));
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException failure) {
            throw new KitException("%s cannot be read: %s".formatted(file, failure.getMessage()));
        }
    }
}
