package io.consort.runtime.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What each token of a {@code tokenizer.json} adds to an answer.
 *
 * @param bytes by token id
 * @param stripsLeadingSpace whether an answer's very first space belongs to the encoding
 * @param specialTexts texts of the tokens that are marked special
 */
record TokenBytes(byte[][] bytes, boolean stripsLeadingSpace, Set<String> specialTexts) {

    private static final byte[] NOTHING = {};
    private static final String WORD_START = "\u2581";

    /**
     * Reads vocabulary, added tokens and decoder.
     *
     * @throws IllegalArgumentException when the decoder or the vocabulary is of a kind that is not
     *     known, naming it
     */
    static TokenBytes of(JsonNode tokenizer) {
        Map<Integer, String> texts = vocabulary(tokenizer.path("model"));
        Set<String> steps = new HashSet<>();
        collectDecoders(tokenizer.path("decoder"), steps);
        boolean byteLevel = steps.contains("ByteLevel");
        Map<Integer, byte[]> found = new HashMap<>();
        texts.forEach((id, text) ->
                found.put(id, byteLevel ? ByteAlphabet.bytes(text) : plainBytes(text, steps)));
        Set<String> special = new HashSet<>();
        for (JsonNode added : tokenizer.path("added_tokens")) {
            String content = added.path("content").asText();
            boolean isSpecial = added.path("special").asBoolean();
            found.put(added.path("id").asInt(), isSpecial ? NOTHING : plainBytes(content, steps));
            if (isSpecial) {
                special.add(content);
            }
        }
        int size = found.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        byte[][] bytes = new byte[size][];
        Arrays.fill(bytes, NOTHING);
        found.forEach((id, value) -> bytes[id] = value);
        return new TokenBytes(
                bytes, steps.contains("Strip") || prepends(tokenizer, steps), Set.copyOf(special));
    }

    private static Map<Integer, String> vocabulary(JsonNode model) {
        Map<Integer, String> texts = new HashMap<>();
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .properties()
                    .forEach(entry -> texts.put(entry.getValue().asInt(), entry.getKey()));
        } else if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                texts.put(id, vocabulary.get(id).path(0).asText());
            }
        } else {
            throw new IllegalArgumentException(
                    "`model.vocab` is neither an object nor a list; models of type \"%s\" are not supported"
                            .formatted(model.path("type").asText("?")));
        }
        return texts;
    }

    private static void collectDecoders(JsonNode decoder, Set<String> steps) {
        String type = decoder.path("type").asText("");
        switch (type) {
            case "Sequence" ->
                    decoder.path("decoders").forEach(step -> collectDecoders(step, steps));
            case "ByteLevel", "ByteFallback", "Fuse", "Strip", "Metaspace", "Replace" ->
                    steps.add(type);
            case "" -> {}
            default ->
                    throw new IllegalArgumentException(
                            "`decoder.type` is \"%s\", which is not supported; known: ByteLevel, Metaspace, Replace, ByteFallback, Fuse, Strip, Sequence"
                                    .formatted(type));
        }
    }

    private static boolean prepends(JsonNode tokenizer, Set<String> steps) {
        return steps.contains("Metaspace")
                && !tokenizer
                        .path("decoder")
                        .path("prepend_scheme")
                        .asText("always")
                        .equals("never");
    }

    private static byte[] plainBytes(String text, Set<String> steps) {
        if (steps.contains("ByteFallback")
                && text.length() == 6
                && text.startsWith("<0x")
                && text.endsWith(">")) {
            return new byte[] {(byte) Integer.parseInt(text.substring(3, 5), 16)};
        }
        boolean marksWords = steps.contains("Metaspace") || steps.contains("Replace");
        String plain = marksWords ? text.replace(WORD_START, " ") : text;
        return plain.getBytes(StandardCharsets.UTF_8);
    }
}
