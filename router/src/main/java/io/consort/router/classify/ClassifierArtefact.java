package io.consort.router.classify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained classifier as a JSON file.
 *
 * @param format of the file
 * @param hash of the training data, see {@link TrainingSet#hash}
 * @param weights of the head, [classes][features]; the features begin with the embedding
 * @param members the categories' examples: base64 of little-endian 32-bit floats, row by row
 * @param others the same for examples of no category
 */
record ClassifierArtefact(
        int format,
        String hash,
        String embedder,
        int dimension,
        List<String> categories,
        float[][] weights,
        float[] bias,
        double temperature,
        Acceptance acceptance,
        String members,
        String others) {

    private static final int FORMAT = 1;
    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    static ClassifierArtefact of(Classifier classifier, String hash, String embedder) {
        return new ClassifierArtefact(
                FORMAT,
                hash,
                embedder,
                classifier.members().width(),
                classifier.categories(),
                classifier.head().weights(),
                classifier.head().bias(),
                classifier.temperature(),
                classifier.acceptance(),
                encode(classifier.members()),
                encode(classifier.others()));
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
        int classes = bias.length;
        boolean fits =
                weights.length == classes
                        && (classes == categories.size() || classes == categories.size() + 1)
                        && acceptance.weights().length == Evidence.SIZE;
        for (float[] row : weights) {
            fits &= row.length == weights[0].length && row.length >= dimension;
        }
        Rows known = decode(members);
        if (!fits || known.count() == 0) {
            throw new IOException("it is damaged: its parts do not fit together");
        }
        return new Classifier(
                categories,
                new LinearModel(weights, bias),
                temperature,
                acceptance,
                known,
                decode(others));
    }

    private static String encode(Rows rows) {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.count() * rows.width() * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < rows.count(); i++) {
            for (float value : rows.row(i)) {
                bytes.putFloat(value);
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private Rows decode(String encoded) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
        if (dimension < 1 || bytes.length % (dimension * Float.BYTES) != 0) {
            throw new IOException("it is damaged: its examples are cut off");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> rows = new ArrayList<>();
        while (buffer.hasRemaining()) {
            float[] row = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                row[i] = buffer.getFloat();
            }
            rows.add(row);
        }
        return Rows.of(rows, dimension);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
