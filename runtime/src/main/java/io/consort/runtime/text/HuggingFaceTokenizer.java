package io.consort.runtime.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A checkpoint's {@code tokenizer.json}, encoded by Hugging Face's own library. For a GGUF file, one is
 * made in memory.
 */
public final class HuggingFaceTokenizer implements Tokenizer {

    private static final byte[] NOTHING = {};
    private static final Map<String, String> AS_IT_IS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    private final ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library;
    private final TokenBytes tokens;

    private HuggingFaceTokenizer(
            ai.djl.huggingface.tokenizers.HuggingFaceTokenizer library, TokenBytes tokens) {
        this.library = library;
        this.tokens = tokens;
    }

    /**
     * Opens the tokenizer of a checkpoint folder or of a GGUF file.
     *
     * @throws CheckpointException when the file is missing or is no tokenizer
     */
    public static HuggingFaceTokenizer open(Path checkpoint) {
        if (GgufFile.isNamed(checkpoint)) {
            return of(checkpoint, GgufTokenizer.json(GgufFile.metadata(checkpoint)));
        }
        Path file = checkpoint.resolve("tokenizer.json");
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(
                    file,
                    "it is missing",
                    "add the tokenizer.json that the model was published with");
        }
        try {
            return of(file, new ObjectMapper().readTree(file.toFile()));
        } catch (JsonProcessingException e) {
            throw unusable(file, "it is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + e.getMessage());
        }
    }

    private static HuggingFaceTokenizer of(Path file, JsonNode json) {
        try {
            TokenBytes tokens = TokenBytes.of(json);
            byte[] bytes = new ObjectMapper().writeValueAsBytes(json);
            return new HuggingFaceTokenizer(
                    ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(bytes), AS_IT_IS),
                    tokens);
        } catch (IOException | RuntimeException e) {
            throw unusable(file, "its tokenizer cannot be used: " + e.getMessage());
        }
    }

    private static CheckpointException unusable(Path file, String problem) {
        return new CheckpointException(
                file, problem, "fetch it again, in the form of Hugging Face's tokenizers library");
    }

    @Override
    public int[] encode(String prompt) {
        long[] ids = library.encode(prompt, false, false).getIds();
        int[] tokens = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            tokens[i] = Math.toIntExact(ids[i]);
        }
        return tokens;
    }

    @Override
    public byte[] bytes(int token) {
        return token >= 0 && token < tokens.bytes().length ? tokens.bytes()[token] : NOTHING;
    }

    @Override
    public boolean stripsLeadingSpace() {
        return tokens.stripsLeadingSpace();
    }

    @Override
    public Set<String> specialTexts() {
        return tokens.specialTexts();
    }

    @Override
    public void close() {
        library.close();
    }
}
