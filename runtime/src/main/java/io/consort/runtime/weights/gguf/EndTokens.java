package io.consort.runtime.weights.gguf;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tokens that end an answer. */
public final class EndTokens {

    private static final List<String> KEYS =
            List.of(
                    "tokenizer.ggml.eos_token_id",
                    "tokenizer.ggml.eot_token_id",
                    "tokenizer.ggml.eom_token_id");

    /** Texts of tokens that end a turn, which many files do not name by a key. */
    private static final Set<String> TEXTS =
            Set.of(
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|im_end|>",
                    "<|end|>",
                    "<|endoftext|>",
                    "<end_of_turn>");

    private EndTokens() {}

    /** Those that the metadata names, and control tokens of well-known texts. */
    public static Set<Integer> of(GgufMetadata metadata) {
        Set<Integer> tokens = new TreeSet<>();
        KEYS.forEach(key -> metadata.integer(key).ifPresent(tokens::add));
        List<String> texts = metadata.texts("tokenizer.ggml.tokens").orElse(List.of());
        List<Double> types = metadata.numbers("tokenizer.ggml.token_type").orElse(List.of());
        for (int id = 0; id < Math.min(texts.size(), types.size()); id++) {
            if (types.get(id).intValue() == TokenType.CONTROL && TEXTS.contains(texts.get(id))) {
                tokens.add(id);
            }
        }
        return tokens;
    }
}
