package io.consort.runtime.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Writes jars that hold no more than is needed. */
final class Jars {

    private Jars() {}

    /** Copies those entries of a jar whose names are wanted. */
    static void slim(Path from, Path to, Predicate<String> wanted) throws IOException {
        try (ZipFile source = new ZipFile(from.toFile());
                ZipOutputStream jar = create(to)) {
            for (ZipEntry entry : source.stream().toList()) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    jar.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = source.getInputStream(entry)) {
                        in.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    /** Packs a folder. */
    static void pack(Path folder, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(folder);
                ZipOutputStream jar = create(to)) {
            for (Path file : paths.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                jar.putNextEntry(new ZipEntry(name));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }

    private static ZipOutputStream create(Path to) throws IOException {
        OutputStream out = Files.newOutputStream(to);
        ZipOutputStream jar = new ZipOutputStream(out);
        jar.setLevel(Deflater.BEST_COMPRESSION);
        return jar;
    }
}
