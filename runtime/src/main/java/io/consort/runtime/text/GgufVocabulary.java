package io.consort.runtime.text;

import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufMetadata;
import io.consort.runtime.weights.gguf.TokenType;
import java.util.Collections;
import java.util.List;

/**
 * The tokens of a GGUF file.
 *
 * @param texts by id
 * @param types by id, see {@link TokenType}
 */
record GgufVocabulary(GgufMetadata metadata, List<String> texts, List<Integer> types) {

    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String TYPES = "tokenizer.ggml.token_type";

    static GgufVocabulary of(GgufMetadata metadata) {
        List<String> texts =
                metadata.texts(TOKENS)
                        .orElseThrow(() ->
                                new CheckpointException(
                                        metadata.file(),
                                        "it has no tokenizer: `%s` is absent".formatted(TOKENS),
                                        "use a file that was converted together with its tokenizer"));
        List<Integer> types =
                metadata.numbers(TYPES)
                        .map(numbers -> numbers.stream().map(Double::intValue).toList())
                        .orElseGet(() -> Collections.nCopies(texts.size(), TokenType.NORMAL));
        requireSameSize(metadata, TYPES, types.size(), texts.size());
        return new GgufVocabulary(metadata, texts, types);
    }

    /** How good each token is; merging prefers the best. */
    List<Double> scores() {
        List<Double> scores =
                metadata.numbers("tokenizer.ggml.scores")
                        .orElseThrow(() ->
                                new CheckpointException(
                                        metadata.file(),
                                        "`tokenizer.ggml.scores` is absent",
                                        "convert the model again"));
        requireSameSize(metadata, "tokenizer.ggml.scores", scores.size(), texts.size());
        return scores;
    }

    int size() {
        return texts.size();
    }

    /** Whether a token is found as a whole before text is taken apart. */
    boolean isAdded(int id) {
        return isSpecial(id) || types.get(id) == TokenType.USER_DEFINED;
    }

    boolean isSpecial(int id) {
        return types.get(id) == TokenType.CONTROL;
    }

    private static void requireSameSize(GgufMetadata metadata, String key, int size, int wanted) {
        if (size != wanted) {
            throw new CheckpointException(
                    metadata.file(),
                    "`%s` has %d values for %d tokens".formatted(key, size, wanted),
                    "fetch the file again, or convert the model again");
        }
    }
}
