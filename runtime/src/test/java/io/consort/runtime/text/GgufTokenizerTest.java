package io.consort.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.experts.chat.Message;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.gguf.GgufTokens;
import io.consort.runtime.weights.gguf.GgufValue;
import io.consort.runtime.weights.gguf.GgufWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The starter experts' vocabularies, cut into words as published models are. */
class GgufTokenizerTest {

    private static final Path STARTER = Path.of("..", "experts", "starter");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String LLAMA3 =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"abacus", "lexis", "atlas"})
    void aWholeTokenizerInTheFileIsTakenAsItIs(String name) throws IOException {
        JsonNode json = JSON.readTree(STARTER.resolve(name).resolve("tokenizer.json").toFile());
        GgufWriter writer = new GgufWriter();
        writer.put("tokenizer.huggingface.json", GgufValue.of(json.toString()));
        assertSameTokens(json, writer);
    }

    @ParameterizedTest
    @CsvSource({"gpt-2,''", "default,''", "llama-bpe,''", "smollm,''", "qwen2,NFC"})
    void wordsAreCutAsTheNameSays(String pre, String normalizer) throws IOException {
        ObjectNode json = starter("abacus");
        json.putNull("normalizer");
        if (!normalizer.isEmpty()) {
            json.putObject("normalizer").put("type", normalizer);
        }
        ArrayNode steps =
                json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        if (pre.equals("smollm")) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        }
        boolean ownWords = pre.equals("llama-bpe") || pre.equals("qwen2");
        if (ownWords) {
            String words = pre.equals("qwen2") ? LLAMA3.replace("{1,3}", "") : LLAMA3;
            ObjectNode split = steps.addObject().put("type", "Split");
            split.put("behavior", "Isolated").put("invert", false);
            split.putObject("pattern").put("Regex", words);
        }
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", !ownWords);
        ((ObjectNode) json.path("model")).put("ignore_merges", pre.equals("llama-bpe"));
        assertSameTokens(json, GgufTokens.byteLevel(json, pre));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void scoresMergeAsTheMergesThatTheyStandFor(boolean prefixed) throws IOException {
        ObjectNode json = starter("atlas");
        ArrayNode steps =
                json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
        if (prefixed) {
            steps.addObject().put("type", "Prepend").put("prepend", "\u2581");
        }
        steps.addObject()
                .put("type", "Replace")
                .put("content", "\u2581")
                .putObject("pattern")
                .put("String", " ");
        json.putNull("pre_tokenizer");
        if (!prefixed) {
            ((ArrayNode) json.path("decoder").path("decoders")).remove(3);
        }
        GgufWriter writer = GgufTokens.sentencePiece(json);
        writer.put("tokenizer.ggml.add_space_prefix", GgufValue.of(prefixed));
        assertSameTokens(json, writer);
    }

    @Test
    void theTemplateAndItsTokensComeFromTheFile() throws IOException {
        GgufWriter writer = GgufTokens.byteLevel(starter("abacus"), "gpt-2");
        writer.put("tokenizer.ggml.eos_token_id", GgufValue.of(1L));
        writer.put(
                "tokenizer.chat_template",
                GgufValue.of("{{ messages[0].content }}{{ eos_token }}{{ bos_token }}."));
        Path file = written(writer);
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(file)) {
            ChatTemplate template = ChatTemplate.open(file, tokenizer);
            assertThat(template.render(List.of(new Message("user", "Hi")))).isEqualTo("Hi<|end|>.");
        }
    }

    @Test
    void whatIsMissingOrUnknownIsRefusedByItsKey() throws IOException {
        ObjectNode json = starter("abacus");
        assertRefused(new GgufWriter(), "tokenizer.ggml.tokens", "converted together");
        assertRefused(GgufTokens.byteLevel(json, "marsian"), "`tokenizer.ggml.pre` is \"marsian\"");
        GgufWriter unigram = GgufTokens.byteLevel(json, "gpt-2");
        unigram.put("tokenizer.ggml.model", GgufValue.of("t5"));
        assertRefused(unigram, "`tokenizer.ggml.model` is \"t5\"", "gpt2, llama");
        GgufWriter uneven = GgufTokens.byteLevel(json, "gpt-2");
        uneven.put("tokenizer.ggml.token_type", GgufValue.ofWholes(List.of(1)));
        assertRefused(uneven, "`tokenizer.ggml.token_type` has 1 values");
        Path file = written(GgufTokens.byteLevel(json, "gpt-2"));
        try (Tokenizer tokenizer = HuggingFaceTokenizer.open(file)) {
            assertThatThrownBy(() -> ChatTemplate.open(file, tokenizer))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("no `tokenizer.chat_template`");
        }
    }

    private void assertRefused(GgufWriter writer, String... parts) throws IOException {
        Path file = written(writer);
        assertThatThrownBy(() -> HuggingFaceTokenizer.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(parts);
    }

    private void assertSameTokens(JsonNode json, GgufWriter writer) throws IOException {
        Files.write(folder.resolve("tokenizer.json"), JSON.writeValueAsBytes(json));
        try (Tokenizer expected = HuggingFaceTokenizer.open(folder);
                Tokenizer actual = HuggingFaceTokenizer.open(written(writer))) {
            Random random = new Random(11);
            for (int round = 0; round < 3000; round++) {
                String text = GgufTokens.randomText(random);
                int[] tokens = expected.encode(text);
                assertThat(actual.encode(text)).as(text).isEqualTo(tokens);
                for (int token : tokens) {
                    assertThat(actual.bytes(token)).isEqualTo(expected.bytes(token));
                }
            }
            assertThat(actual.specialTexts()).isEqualTo(expected.specialTexts());
            assertThat(actual.stripsLeadingSpace()).isEqualTo(expected.stripsLeadingSpace());
        }
    }

    private Path written(GgufWriter writer) throws IOException {
        Path file = folder.resolve("tokens.gguf");
        writer.write(file);
        return file;
    }

    private static ObjectNode starter(String name) throws IOException {
        return (ObjectNode) JSON.readTree(STARTER.resolve(name).resolve("tokenizer.json").toFile());
    }
}
