package io.consort.router.classify;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of classifiers, named after the hash of what they were trained on. What goes wrong is
 * logged and costs a training.
 *
 * @param path made when the first file is stored
 * @param kept files that stay; those that were used longest ago are removed
 */
record ClassifierFolder(Path path, int kept) {

    private static final System.Logger LOG = System.getLogger(ClassifierFolder.class.getName());

    /** The classifier with this hash; empty where there is none that can be used. */
    Optional<Classifier> find(String hash) {
        Path file = file(hash);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Classifier classifier = ClassifierArtefact.read(file, hash);
            touch(file);
            return Optional.of(classifier);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The classifier in {0} is trained again: {1}",
                    file,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** What is in use is not the oldest. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException _) {
            LOG.log(Level.DEBUG, "{0} cannot be marked as used", file);
        }
    }

    void store(ClassifierArtefact artefact) {
        Path file = file(artefact.hash());
        try {
            artefact.write(file);
            prune();
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The classifier cannot be stored in {0} and will be trained again at the next"
                            + " start: {1}",
                    file,
                    e.toString());
        }
    }

    private void prune() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(path)) {
            files =
                    all.filter(file -> name(file).startsWith("classifier-"))
                            .filter(file -> name(file).endsWith(".json"))
                            .sorted(Comparator.comparing(ClassifierFolder::modified).reversed())
                            .toList();
        }
        for (Path old : files.subList(Math.min(kept, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
    }

    private Path file(String hash) {
        return path.resolve("classifier-%s.json".formatted(hash.substring(0, 16)));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The beginning of time for a file that is gone. */
    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException _) {
            return FileTime.fromMillis(0);
        }
    }
}
