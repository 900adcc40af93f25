package io.consort.runtime.kit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Writes a kit into a folder. */
final class KitWriter {

    /** Bytes that a kit may take. */
    static final long MOST_BYTES = 55L << 20;

    private static final String MARK = "kit.properties";
    private static final List<String> DRIVER_ALONE =
            List.of("JNvPTXCompiler", "JNvrtc", "JCudaRuntime");

    private final KitContents contents;
    private final Path folder;

    KitWriter(KitContents contents, Path folder) {
        this.contents = contents;
        this.folder = folder;
    }

    /**
     * Writes everything.
     *
     * @return the kit's size in bytes
     * @throws KitException when the folder holds something else, or the kit is too large
     */
    long write() throws IOException {
        clear();
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve(MARK), "kit=consort\n");
        JavaImage.link(folder.resolve("java"));
        for (Path classes : contents.classes()) {
            Jars.pack(classes, jar("consort-" + KitContents.module(classes)));
        }
        for (Path library : contents.libraries()) {
            String name = library.getFileName().toString();
            Jars.slim(library, folder.resolve("lib").resolve(name), wanted(name));
        }
        for (Path tests : contents.tests()) {
            copy(tests, folder.resolve("tests"));
        }
        writeScript();
        long bytes = size();
        if (bytes > MOST_BYTES) {
            throw new KitException(
                    "the kit takes %,d KiB, and %,d KiB are allowed; make the kernels or the test data smaller"
                            .formatted(bytes >> 10, MOST_BYTES >> 10));
        }
        return bytes;
    }

    /** Only the driver's part of JCuda's native libraries; no sources, no descriptions. */
    private static Predicate<String> wanted(String jar) {
        return name ->
                !name.startsWith("META-INF/maven/")
                        && !name.endsWith("module-info.class")
                        && (!jar.startsWith("jcuda-natives-")
                                || DRIVER_ALONE.stream().noneMatch(name::contains));
    }

    private Path jar(String name) {
        return folder.resolve("lib").resolve(name + ".jar");
    }

    /** Empties the folder of an earlier kit. */
    private void clear() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new KitException("%s is a file; name a folder".formatted(folder));
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isEmpty()) {
                return;
            }
        }
        if (!Files.exists(folder.resolve(MARK))) {
            throw new KitException(
                    "%s holds something that is no kit; name an empty folder".formatted(folder));
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private void writeScript() throws IOException {
        Path script = folder.resolve("run");
        try (InputStream text =
                Objects.requireNonNull(KitWriter.class.getResourceAsStream("run"), "run")) {
            Files.copy(text, script);
        }
        if (!script.toFile().setExecutable(true, false)) {
            throw new KitException("%s cannot be made executable".formatted(script));
        }
    }

    private long size() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        }
    }
}
