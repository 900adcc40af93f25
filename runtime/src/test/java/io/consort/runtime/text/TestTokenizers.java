package io.consort.runtime.text;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes small tokenizers of the common kinds, and what a checkpoint has beside them. */
public final class TestTokenizers {

    /** Special tokens of every tokenizer here, with ids from 256 on. */
    public static final List<String> SPECIALS =
            List.of("<|pad|>", "<|end|>", "<|user|>", "<|bot|>");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestTokenizers() {}

    /** Byte-level BPE as GPT-2, Llama 3 and Qwen have it: a token is a byte, without merges. */
    public static void writeByteLevel(Path folder) {
        ObjectNode vocabulary = JSON.createObjectNode();
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable =
                    (value >= '!' && value <= '~')
                            || (value >= 0xA1 && value <= 0xAC)
                            || value >= 0xAE;
            vocabulary.put(Character.toString(printable ? value : next++), value);
        }
        ObjectNode byteLevel =
                JSON.createObjectNode()
                        .put("type", "ByteLevel")
                        .put("add_prefix_space", false)
                        .put("trim_offsets", true)
                        .put("use_regex", true);
        write(folder, tokenizer(vocabulary, byteLevel, byteLevel, false));
    }

    /** SentencePiece BPE with byte fall-back, as Llama 2, Mistral and Gemma have it. */
    public static void writeMetaspace(Path folder) {
        ObjectNode vocabulary = JSON.createObjectNode();
        for (int value = 0; value < 256; value++) {
            vocabulary.put("<0x%02X>".formatted(value), value);
        }
        int id = 256 + SPECIALS.size();
        vocabulary.put("\u2581", id++);
        for (char letter = 'a'; letter <= 'z'; letter++) {
            vocabulary.put(String.valueOf(letter), id++);
        }
        vocabulary.put("\u2581a", id);
        ObjectNode metaspace =
                JSON.createObjectNode()
                        .put("type", "Metaspace")
                        .put("replacement", "\u2581")
                        .put("prepend_scheme", "first")
                        .put("split", false);
        ArrayNode steps = JSON.createArrayNode();
        ObjectNode replace = steps.addObject().put("type", "Replace");
        replace.putObject("pattern").put("String", "\u2581");
        replace.put("content", " ");
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        steps.addObject().put("type", "Strip").put("content", " ").put("start", 1).put("stop", 0);
        ObjectNode decoder = JSON.createObjectNode().put("type", "Sequence");
        decoder.set("decoders", steps);
        ObjectNode tokenizer = tokenizer(vocabulary, metaspace, decoder, true);
        ((ArrayNode) tokenizer.path("model").path("merges")).add("\u2581 a");
        write(folder, tokenizer);
    }

    /** A template that frames every message with special tokens. */
    public static void writeTemplate(Path folder) {
        String template =
                "{% for m in messages %}<|{{ 'user' if m.role == 'user' else 'bot' }}|>{{ m.content }}{% endfor %}<|bot|>";
        writeJson(
                folder.resolve("tokenizer_config.json"),
                JSON.createObjectNode().put("chat_template", template));
    }

    /** Greedy answers of at most so many tokens. */
    public static void writeDefaults(Path folder, int maxTokens) {
        writeJson(
                folder.resolve("generation_config.json"),
                JSON.createObjectNode().put("max_new_tokens", maxTokens).put("eos_token_id", 257));
    }

    private static ObjectNode tokenizer(
            ObjectNode vocabulary, ObjectNode preTokenizer, ObjectNode decoder, boolean fallback) {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        for (int i = 0; i < SPECIALS.size(); i++) {
            vocabulary.put(SPECIALS.get(i), 256 + i);
            added.addObject()
                    .put("id", 256 + i)
                    .put("content", SPECIALS.get(i))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        root.set("pre_tokenizer", preTokenizer);
        root.putNull("post_processor");
        root.set("decoder", decoder);
        ObjectNode model = root.putObject("model").put("type", "BPE");
        model.put("fuse_unk", false).put("byte_fallback", fallback).put("ignore_merges", false);
        model.set("vocab", vocabulary);
        model.putArray("merges");
        return root;
    }

    private static void write(Path folder, ObjectNode tokenizer) {
        writeJson(folder.resolve("tokenizer.json"), tokenizer);
    }

    private static void writeJson(Path file, ObjectNode json) {
        try {
            Files.write(file, JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
