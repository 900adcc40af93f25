package io.consort.runtime.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.zip.GZIPOutputStream;

/** The Java machine of a kit, linked of the modules that are needed. */
final class JavaImage {

    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.xml",
                    "jdk.incubator.vector",
                    "jdk.management",
                    "jdk.unsupported");

    /** Two thirds of the image; packed, because it compresses well and nothing needs it before the first run. */
    private static final Path MACHINE = Path.of("lib", "server", "libjvm.so");

    private JavaImage() {}

    /**
     * Links it.
     *
     * @param folder which does not exist yet
     * @throws KitException when the running JDK cannot link images
     */
    static void link(Path folder) throws IOException {
        ToolProvider jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                new KitException(
                                        "%s holds no jlink; set JAVA_HOME to a whole JDK"
                                                .formatted(System.getProperty("java.home"))));
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        int code =
                jlink.run(
                        out,
                        out,
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--compress",
                        "zip-9",
                        "--output",
                        folder.toString());
        if (code != 0) {
            throw new KitException("jlink failed: " + log.toString(StandardCharsets.UTF_8).strip());
        }
        pack(folder.resolve(MACHINE));
    }

    private static void pack(Path file) throws IOException {
        Path packed = file.resolveSibling(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(file, out);
        }
        Files.delete(file);
    }
}
