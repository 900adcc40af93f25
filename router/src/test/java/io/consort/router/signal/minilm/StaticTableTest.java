package io.consort.router.signal.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaticTableTest {

    private static Vocabulary vocabulary;
    private static StaticTable table;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream json =
                AllMiniLmL6V2QuantizedEmbeddingModel.class.getResourceAsStream(
                        "/all-minilm-l6-v2-q-tokenizer.json")) {
            assertThat(json).isNotNull();
            vocabulary = Vocabulary.read(json);
            table = StaticTable.read(vocabulary);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "What is 37 + 48?", "日本の首都", "😀 naïve\u0000"})
    void everyTextHasADirection(String text) {
        assertThat(cosine(text, text)).isCloseTo(1, within(1e-5));
    }

    @Test
    void aTextOfNothingHasNone() {
        assertThat(table.embed(" \n")).hasSize(128).containsOnly(0);
    }

    @Test
    void similarMeaningsAreCloserThanOthers() {
        assertThat(cosine("give me a refund", "i want my money back"))
                .isGreaterThan(cosine("give me a refund", "how tall is mount everest") + 0.1);
        assertThat(cosine("weather in paris tomorrow", "will it rain in france"))
                .isGreaterThan(cosine("weather in paris tomorrow", "transfer to my bank") + 0.2);
    }

    @Test
    void aHugeTextIsItsBeginningAndItsEnd() {
        String begin = "How do I bake bread with rye flour? ".repeat(100);
        String end = "Please answer in French. ".repeat(100);
        assertThat(cosine(begin + "gold ".repeat(50_000) + end, begin + "rain ".repeat(9) + end))
                .isGreaterThan(0.99);
    }

    @Test
    void aDamagedTableIsRefusedByName() {
        for (int length : new int[] {0, 5, 8, 40}) {
            assertThatThrownBy(() -> StaticTable.read(vocabulary, new byte[length]))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("static-table.bin is damaged");
        }
    }

    private static double cosine(String one, String other) {
        float[] a = table.embed(one);
        float[] b = table.embed(other);
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
