package io.consort.runtime.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufMetadata;
import io.consort.runtime.weights.gguf.TokenType;
import java.util.List;

/** Writes the tokenizer in a GGUF file as the tokenizer.json of the same model. */
final class GgufTokenizer {

    private static final String MODEL = "tokenizer.ggml.model";
    private static final String PRE = "tokenizer.ggml.pre";
    private static final String WHOLE = "tokenizer.huggingface.json";
    private static final String WORD_START = "\u2581";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GgufMetadata metadata;
    private final GgufVocabulary vocabulary;
    private final ObjectNode root = JSON.createObjectNode().put("version", "1.0");

    private GgufTokenizer(GgufMetadata metadata) {
        this.metadata = metadata;
        this.vocabulary = GgufVocabulary.of(metadata);
    }

    /**
     * The tokenizer.json that the file holds, or one made from its tokens.
     *
     * @throws CheckpointException if there is no tokenizer or one of an unknown kind
     */
    static JsonNode json(GgufMetadata metadata) {
        if (metadata.has(WHOLE)) {
            try {
                return JSON.readTree(metadata.requiredText(WHOLE));
            } catch (JsonProcessingException e) {
                throw new CheckpointException(
                        metadata.file(),
                        "`%s` is not JSON: %s".formatted(WHOLE, e.getOriginalMessage()),
                        "convert the model again");
            }
        }
        GgufTokenizer tokenizer = new GgufTokenizer(metadata);
        String model = metadata.text(MODEL).orElse("");
        tokenizer.putAddedTokens();
        switch (model) {
            case "gpt2" -> tokenizer.putByteLevel();
            case "llama" -> tokenizer.putSentencePiece();
            default -> throw unknown(metadata, MODEL, model, "gpt2, llama");
        }
        return tokenizer.root;
    }

    private void putAddedTokens() {
        ArrayNode added = root.putArray("added_tokens");
        for (int id = 0; id < vocabulary.size(); id++) {
            if (vocabulary.isAdded(id) && !vocabulary.texts().get(id).isEmpty()) {
                added.addObject()
                        .put("id", id)
                        .put("content", vocabulary.texts().get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", vocabulary.isSpecial(id));
            }
        }
    }

    private void putByteLevel() {
        String name = metadata.text(PRE).orElse("default");
        PreTokenizer pre =
                PreTokenizer.of(name)
                        .orElseThrow(() -> unknown(metadata, PRE, name, PreTokenizer.known()));
        if (pre == PreTokenizer.QWEN2) {
            root.putObject("normalizer").put("type", "NFC");
        } else {
            root.putNull("normalizer");
        }
        pre.put(root.putObject("pre_tokenizer"));
        root.putNull("post_processor");
        PreTokenizer.byteLevel(root.putObject("decoder"), true);
        ObjectNode model = model(pre.ignoresMerges());
        ArrayNode merges = model.putArray("merges");
        List<String> pairs =
                metadata.texts("tokenizer.ggml.merges")
                        .orElseThrow(() ->
                                new CheckpointException(
                                        metadata.file(),
                                        "`tokenizer.ggml.merges` is absent",
                                        "convert the model again"));
        pairs.forEach(merges::add);
    }

    private void putSentencePiece() {
        boolean prefixed = metadata.flag("tokenizer.ggml.add_space_prefix", true);
        ObjectNode normalizer = root.putObject("normalizer").put("type", "Sequence");
        ArrayNode steps = normalizer.putArray("normalizers");
        if (prefixed) {
            steps.addObject().put("type", "Prepend").put("prepend", WORD_START);
        }
        replace(steps.addObject(), " ", WORD_START);
        root.putNull("pre_tokenizer");
        root.putNull("post_processor");
        ArrayNode decoders = root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        replace(decoders.addObject(), WORD_START, " ");
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        if (prefixed) {
            decoders.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        ObjectNode model = model(false);
        int unknown = vocabulary.types().indexOf(TokenType.UNKNOWN);
        if (unknown >= 0) {
            model.put("unk_token", vocabulary.texts().get(unknown));
        }
        model.put("fuse_unk", true).put("byte_fallback", true);
        ArrayNode merges = model.putArray("merges");
        ScoredMerges.of(vocabulary)
                .forEach(pair -> merges.addArray().add(pair.left()).add(pair.right()));
    }

    private ObjectNode model(boolean ignoresMerges) {
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.put("fuse_unk", false).put("byte_fallback", false);
        model.put("ignore_merges", ignoresMerges);
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            if (!ids.has(vocabulary.texts().get(id))) {
                ids.put(vocabulary.texts().get(id), id);
            }
        }
        return model;
    }

    private static void replace(ObjectNode step, String from, String to) {
        step.put("type", "Replace").put("content", to);
        step.putObject("pattern").put("String", from);
    }

    private static CheckpointException unknown(
            GgufMetadata metadata, String key, String value, String known) {
        return new CheckpointException(
                metadata.file(),
                "`%s` is \"%s\", which this runtime does not know".formatted(key, value),
                "use a file whose tokenizer is one of %s, or the model's checkpoint folder"
                        .formatted(known));
    }
}
