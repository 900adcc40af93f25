package io.consort.runtime.text;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufFile;
import io.consort.runtime.weights.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the chat template of a GGUF file. */
final class GgufTemplate {

    /** Variables of templates, and the keys of the tokens that they stand for. */
    private static final Map<String, String> CONSTANTS =
            Map.of(
                    "bos_token", "tokenizer.ggml.bos_token_id",
                    "eos_token", "tokenizer.ggml.eos_token_id",
                    "unk_token", "tokenizer.ggml.unknown_token_id",
                    "pad_token", "tokenizer.ggml.padding_token_id");

    private GgufTemplate() {}

    static ChatTemplate read(Path file, Tokenizer tokenizer) {
        GgufMetadata metadata = GgufFile.metadata(file);
        String template =
                metadata.text("tokenizer.chat_template")
                        .orElseThrow(() ->
                                new CheckpointException(
                                        file,
                                        "it has no `tokenizer.chat_template`",
                                        "use a file of an instruction-tuned model"));
        List<String> texts = metadata.texts("tokenizer.ggml.tokens").orElse(List.of());
        Map<String, Object> constants = new HashMap<>();
        CONSTANTS.forEach((name, key) -> {
            int id = metadata.integer(key).orElse(-1);
            constants.put(name, id >= 0 && id < texts.size() ? texts.get(id) : "");
        });
        return ChatTemplate.of(template, constants, tokenizer);
    }
}
