package io.consort.runtime.weights.gguf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes the vocabulary of a tokenizer.json into the metadata of a GGUF file. */
public final class GgufTokens {

    private static final List<String> PIECES =
            List.of(
                    "hello",
                    " world",
                    "The",
                    "  ",
                    "\n",
                    "\r\n",
                    "\t",
                    "12345",
                    "3.14",
                    "don't",
                    "WE'LL",
                    "e\u0301",
                    "\u00fc",
                    "\u65e5\u672c\u8a9e",
                    "\ud83d\ude00",
                    "\u2581",
                    "<|end|>",
                    "<|user|>",
                    "<|en",
                    "!?",
                    " (a+b)");

    private GgufTokens() {}

    /** Byte-level tokens and merges. */
    public static GgufWriter byteLevel(JsonNode tokenizer, String pre) {
        List<String> merges = new ArrayList<>();
        tokenizer.path("model").path("merges").forEach(merge -> merges.add(text(merge)));
        return tokens(tokenizer, "gpt2", new GgufWriter())
                .put("tokenizer.ggml.pre", GgufValue.of(pre))
                .put("tokenizer.ggml.merges", GgufValue.ofTexts(merges));
    }

    /** SentencePiece tokens, whose scores fall with the merges that make them. */
    public static GgufWriter sentencePiece(JsonNode tokenizer) {
        GgufWriter writer = tokens(tokenizer, "llama", new GgufWriter());
        Map<String, Integer> ranks = new HashMap<>();
        for (JsonNode merge : tokenizer.path("model").path("merges")) {
            ranks.putIfAbsent(text(merge).replace(" ", ""), ranks.size());
        }
        List<Double> scores =
                texts(tokenizer).stream()
                        .map(text -> -(double) ranks.getOrDefault(text, 1_000_000))
                        .toList();
        return writer.put("tokenizer.ggml.scores", GgufValue.ofReals(scores));
    }

    private static String text(JsonNode merge) {
        return merge.isTextual()
                ? merge.asText()
                : merge.path(0).asText() + " " + merge.path(1).asText();
    }

    private static List<String> texts(JsonNode tokenizer) {
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        List<String> texts = new ArrayList<>(Collections.nCopies(vocabulary.size(), ""));
        vocabulary
                .properties()
                .forEach(entry -> texts.set(entry.getValue().asInt(), entry.getKey()));
        return texts;
    }

    /** Tokens alone, beside a whole tokenizer. */
    static GgufWriter copy(JsonNode tokenizer, GgufWriter writer) {
        return tokens(tokenizer, "gpt2", writer);
    }

    private static GgufWriter tokens(JsonNode tokenizer, String model, GgufWriter writer) {
        List<String> texts = texts(tokenizer);
        List<Integer> types = new ArrayList<>();
        for (String text : texts) {
            types.add(text.matches("<0x[0-9A-F]{2}>") ? TokenType.BYTE : TokenType.NORMAL);
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            types.set(
                    added.path("id").asInt(),
                    added.path("special").asBoolean() ? TokenType.CONTROL : TokenType.USER_DEFINED);
        }
        return writer.put("tokenizer.ggml.model", GgufValue.of(model))
                .put("tokenizer.ggml.tokens", GgufValue.ofTexts(texts))
                .put("tokenizer.ggml.token_type", GgufValue.ofWholes(types));
    }

    /** Words, spaces, digits, special tokens and any characters at all. */
    public static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    int codePoint = random.nextInt(Character.MAX_CODE_POINT + 1);
                    boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
                    text.appendCodePoint(surrogate || codePoint == 0 ? ' ' : codePoint);
                }
                case 1 -> text.append((char) (' ' + random.nextInt(95)));
                default -> text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
