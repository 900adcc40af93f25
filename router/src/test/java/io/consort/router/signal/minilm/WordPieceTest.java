package io.consort.router.signal.minilm;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our tokenizer against the library's. */
@TestInstance(Lifecycle.PER_CLASS)
final class WordPieceTest {

    private WordPiece wordPiece;
    private HuggingFaceTokenizer reference;

    @BeforeAll
    void load() throws IOException {
        try (InputStream ours = json();
                InputStream theirs = json()) {
            Vocabulary vocabulary = Vocabulary.read(ours);
            wordPiece = new WordPiece(vocabulary, vocabulary.special("[UNK]"));
            reference =
                    HuggingFaceTokenizer.newInstance(
                            theirs, Map.of("padding", "false", "truncation", "false"));
        }
    }

    @AfterAll
    void close() {
        reference.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \t\n ",
                "What is 37 + 48?",
                "WHAT'S THE Capital of Côte d'Ivoire, please?!",
                "Schöne Grüße aus Zürich; ﬁn de siècle: naïve façade",
                "unbelievablyantidisestablishmentarianistic words",
                "日本の首都はどこですか？",
                "한국어 문장과 ไทย and हिन्दी text",
                "Привет, как дела? Καλημέρα! İstanbul'da",
                "emoji 😀👩‍👩‍👧 and x²≥½ €5 — “quoted” … ‘single’",
                "zero\u200Bwidth\u00A0space\u0000null\uFFFDreplacement\u0007bell",
                "a_b-c/d\\e@f#g$h%i^j&k*l(m)n{o}p[q]r|s~t`u",
                "١٢٣ ४५६ 𝟗𝟠 ① Ⅷ",
                "e\u0301 e\u0323\u0301 a\u0308 combining",
            })
    void splitsAsTheReferenceDoes(String text) {
        assertThat(wordPiece.encode(text, 1_000)).isEqualTo(expected(text));
    }

    @Test
    void halfACharacterIsLeftOut() {
        assertThat(wordPiece.encode("so \uD83D\uDE00\uD83D and \uDE00so", 1_000))
                .isEqualTo(wordPiece.encode("so 😀 and so", 1_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 101, 300})
    void takesWordsOfManyLettersAsTheReferenceDoes(int letters) {
        String text = "a " + "xyz".repeat(letters).substring(0, letters) + " b";
        assertThat(wordPiece.encode(text, 1_000)).isEqualTo(expected(text));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7})
    void aLimitKeepsTheFirstPieces(int limit) {
        String text = "unbelievablyantidisestablishmentarianistic words";
        assertThat(wordPiece.encode(text, limit))
                .isEqualTo(Arrays.copyOf(wordPiece.encode(text, 1_000), limit));
    }

    private int[] expected(String text) {
        return Arrays.stream(reference.encode(text, false, false).getIds())
                .mapToInt(id -> (int) id)
                .toArray();
    }

    private static InputStream json() throws IOException {
        InputStream stream =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(
                        "/all-minilm-l6-v2-q-tokenizer.json");
        if (stream == null) {
            throw new IOException("the tokenizer's file is missing");
        }
        return stream;
    }
}
