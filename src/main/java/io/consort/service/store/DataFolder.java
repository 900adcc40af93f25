package io.consort.service.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The folder that holds everything a service keeps. Only its owner can read what it makes here.
 *
 * @param path absolute
 */
public record DataFolder(Path path) {

    private static final int SECRET_BYTES = 32;

    /** The folder at this path, made where it is missing. */
    public static DataFolder at(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(
                        absolute,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "The data folder %s cannot be made; name another with --data"
                            .formatted(absolute),
                    failure);
        }
        return new DataFolder(absolute);
    }

    /** Trained classifiers. */
    public Path artefacts() {
        return path.resolve("router");
    }

    /** Decisions that the database does not have yet. */
    public Path journal() {
        return path.resolve("journal");
    }

    /** The file with the key that was made at the first start. */
    public Path firstKeyFile() {
        return path.resolve("first-key");
    }

    /** The key that was made at the first start, where the file is still there and readable. */
    public Optional<String> firstKey() {
        if (!Files.isReadable(firstKeyFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(firstKeyFile()).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Keeps the first key. */
    public void keepFirstKey(String key) {
        keep(firstKeyFile(), (key + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The secret that is hashed with every key; made at first use. */
    public byte[] pepper(SecureRandom random) {
        return secret("pepper", random);
    }

    /** The key that providers' keys are encrypted with; made at first use. */
    public byte[] masterKey(SecureRandom random) {
        return secret("master-key", random);
    }

    private byte[] secret(String name, SecureRandom random) {
        Path file = path.resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] made = new byte[SECRET_BYTES];
                random.nextBytes(made);
                keep(file, made);
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Claims the folder for this process; empty when another process has it. The claim ends when what
     * is returned is closed.
     */
    public Optional<Closeable> claim() {
        try {
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException ours) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void keep(Path file, byte[] content) {
        try {
            Path fresh =
                    Files.createTempFile(
                            path,
                            ".new",
                            "",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, content);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
