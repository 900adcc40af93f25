package io.consort.runtime.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How byte-level tokenizers cut text into words before they merge, under the names of {@code
 * tokenizer.ggml.pre}.
 */
enum PreTokenizer {
    /** GPT-2's own words. */
    GPT2(List.of("gpt-2", "default"), "", false),

    /** GPT-2's words, and every digit alone. */
    DIGITS(List.of("smollm", "starcoder"), "", false),

    /** Llama 3: up to three digits together. */
    LLAMA3(
            List.of("llama-bpe", "llama3", "llama-v3"),
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            true),

    /** Qwen 2 and 3: every digit alone. */
    QWEN2(
            List.of("qwen2", "deepseek-r1-qwen"),
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
                    + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            false),

    /** Mistral's Tekken: words end where capitals begin. */
    TEKKEN(
            List.of("tekken"),
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
            true);

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> names;

    private final String words;
    private final boolean ignoresMerges;

    PreTokenizer(List<String> names, String words, boolean ignoresMerges) {
        this.names = names;
        this.words = words;
        this.ignoresMerges = ignoresMerges;
    }

    static Optional<PreTokenizer> of(String name) {
        return Arrays.stream(values()).filter(pre -> pre.names.contains(name)).findFirst();
    }

    static String known() {
        return Arrays.stream(values())
                .flatMap(pre -> pre.names.stream())
                .collect(Collectors.joining(", "));
    }

    /** Whether a word that is a token is taken as it is, whatever the merges say. */
    boolean ignoresMerges() {
        return ignoresMerges;
    }

    /** Writes the {@code pre_tokenizer} of a tokenizer.json. */
    void put(ObjectNode target) {
        ArrayNode steps = target.put("type", "Sequence").putArray("pretokenizers");
        if (this == DIGITS) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
        }
        if (!words.isEmpty()) {
            ObjectNode split = steps.addObject().put("type", "Split");
            split.putObject("pattern").put("Regex", words);
            split.put("behavior", "Isolated").put("invert", false);
        }
        byteLevel(steps.addObject(), words.isEmpty());
    }

    /** Writes a step from bytes to the printable alphabet, or back. */
    static void byteLevel(ObjectNode step, boolean cutsWords) {
        step.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", cutsWords);
    }
}
