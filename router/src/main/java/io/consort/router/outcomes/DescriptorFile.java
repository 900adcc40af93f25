package io.consort.router.outcomes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Sentences about the models of a pool, in a JSON object from a model's name to its sentence. */
final class DescriptorFile {

    private DescriptorFile() {}

    /**
     * The sentences, in the order of the pool.
     *
     * @throws OutcomeSetException when the file is none, or lacks a model; the message says what to do
     */
    static List<String> read(Path file, List<ModelFacts> models) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new OutcomeSetException(
                    "there is no file %s; correct --descriptors".formatted(file));
        }
        JsonNode object = object(file);
        List<String> sentences = new ArrayList<>();
        for (ModelFacts model : models) {
            String sentence = object.path(model.name()).asText("").strip();
            if (sentence.isEmpty()) {
                throw new OutcomeSetException(
                        "%s has no sentence about the model '%s'; add one"
                                .formatted(file, model.name()));
            }
            sentences.add(sentence);
        }
        return sentences;
    }

    private static JsonNode object(Path file) throws IOException {
        try {
            JsonNode object = new ObjectMapper().readTree(Files.readAllBytes(file));
            if (object.isObject()) {
                return object;
            }
        } catch (JsonProcessingException malformed) {
            throw new OutcomeSetException(
                    "%s is not JSON: %s".formatted(file, malformed.getOriginalMessage()));
        }
        throw new OutcomeSetException(
                "%s is no JSON object; write {\"model\": \"sentence\", ...}".formatted(file));
    }
}
