package io.consort.router.classify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trained classifier as a JSON file.
 *
 * @param format of the file
 * @param hash of the training data, see {@link TrainingSet#hash}
 * @param quick null where there is no quick judge
 * @param grown what a classifier had labelled before it was learned from
 */
record ClassifierArtefact(
        int format,
        String hash,
        String embedder,
        List<String> categories,
        JudgeArtefact thorough,
        @Nullable JudgeArtefact quick,
        Sureness sureness,
        TrainingReport report,
        List<Grown> grown) {

    private static final int FORMAT = 3;
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    static ClassifierArtefact of(Classifier classifier, String hash, String embedder) {
        return new ClassifierArtefact(
                FORMAT,
                hash,
                embedder,
                classifier.thorough().categories(),
                JudgeArtefact.of(classifier.thorough()),
                classifier.quick().map(JudgeArtefact::of).orElse(null),
                classifier.sureness(),
                classifier.report(),
                classifier.grown());
    }

    /**
     * Reads an artefact.
     *
     * @throws IOException when it is damaged or not one of the training data with this hash; the
     *     message says which
     */
    static Classifier read(Path file, String hash) throws IOException {
        byte[] content = Files.readAllBytes(file);
        @Nullable ClassifierArtefact artefact;
        try {
            artefact = JSON.readValue(content, ClassifierArtefact.class);
        } catch (IOException e) {
            throw new IOException("it is damaged: " + firstLine(e), e);
        }
        if (artefact == null) {
            throw new IOException("it is damaged: it holds nothing");
        }
        if (artefact.format != FORMAT) {
            throw new IOException("its format is %d, not %d".formatted(artefact.format, FORMAT));
        }
        if (!artefact.hash.equals(hash)) {
            throw new IOException("it was trained on other examples");
        }
        return artefact.classifier();
    }

    /** Writes the artefact so that a reader finds the old file or the whole new one. */
    void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, file.getFileName().toString(), ".part");
        try {
            Files.write(unfinished, JSON.writeValueAsBytes(this));
            Files.move(
                    unfinished,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Classifier classifier() throws IOException {
        try {
            return new Classifier(
                    thorough.judge(categories),
                    quick == null ? Optional.empty() : Optional.of(quick.judge(categories)),
                    sureness,
                    report,
                    grown);
        } catch (NullPointerException | IndexOutOfBoundsException e) {
            throw new IOException("it is damaged: parts are missing", e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
