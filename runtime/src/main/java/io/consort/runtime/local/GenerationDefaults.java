package io.consort.runtime.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a checkpoint's {@code generation_config.json} recommends where a request says nothing. As in
 * Hugging Face's library, a checkpoint that does not ask for sampling decodes greedily.
 */
record GenerationDefaults(
        double temperature, OptionalInt topK, OptionalDouble topP, OptionalInt maxTokens) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads a checkpoint's recommendations.
     *
     * @throws CheckpointException when the file is there but not JSON
     */
    static GenerationDefaults read(Path checkpoint) {
        Path file = checkpoint.resolve("generation_config.json");
        if (!Files.isRegularFile(file)) {
            return new GenerationDefaults(
                    0, OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.empty());
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            boolean samples = json.path("do_sample").asBoolean(false);
            return new GenerationDefaults(
                    samples ? Math.max(0, json.path("temperature").asDouble(1)) : 0,
                    samples ? positive(json.path("top_k")) : OptionalInt.empty(),
                    samples ? share(json.path("top_p")) : OptionalDouble.empty(),
                    positive(json.path("max_new_tokens")));
        } catch (IOException e) {
            throw new CheckpointException(
                    file, "it is not JSON (" + e.getMessage() + ")", "fetch it again");
        }
    }

    private static OptionalInt positive(JsonNode value) {
        return value.isInt() && value.asInt() > 0
                ? OptionalInt.of(value.asInt())
                : OptionalInt.empty();
    }

    private static OptionalDouble share(JsonNode value) {
        return value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 1
                ? OptionalDouble.of(value.asDouble())
                : OptionalDouble.empty();
    }
}
