package io.consort.router.signal.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MiniLmEmbedderTest {

    private static MiniLmEmbedder embedder;

    @BeforeAll
    static void open() {
        embedder = MiniLmEmbedder.open(1);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "What is 37 + 48?", "日本の首都", "\uD83D", "😀 naïve\u0000"})
    void everyTextHasAnEmbeddingOfNormOne(String text) {
        float[] embedding = embed(text);
        assertThat(embedding).hasSize(embedder.dimension());
        assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-5));
    }

    @Test
    void agreesWithTheReferenceModel() {
        var reference = new AllMiniLmL6V2QuantizedEmbeddingModel();
        for (String text : List.of("What is 37 + 48?", "The capital of Côte d'Ivoire, please.")) {
            float[] expected = reference.embed(text).content().vector();
            assertThat(cosine(embed(text), expected)).isGreaterThan(0.999);
        }
    }

    @Test
    void similarTextsAreCloserThanOthers() {
        float[] question = embed("What is the capital of France?");
        assertThat(cosine(question, embed("France's capital city?")))
                .isGreaterThan(cosine(question, embed("How do I bake bread?")) + 0.3);
    }

    @Test
    void aTextSeenBeforeIsThereAtOnce() {
        float[] first = embed("seen before");
        assertThat(embedder.embed("seen before").toCompletableFuture()).isCompletedWithValue(first);
    }

    @Test
    void aLongTextIsItsBeginningAndItsEnd() {
        String head = "How do I bake bread with rye flour and seeds? ".repeat(30);
        String tail = "Please answer in French and in verse. ".repeat(30);
        float[] embedding = embed(head + "gold and silver coins ".repeat(5_000) + tail);
        assertThat(cosine(embedding, embed(head + "football results ".repeat(9_000) + tail)))
                .isCloseTo(1, within(1e-5));
        assertThat(cosine(embedding, embed(head))).isLessThan(0.99);
    }

    @Test
    void aBriefEmbeddingOfAShortTextIsTheWholeOneAndOfALongOneReadsLess() {
        assertThat(brief("What is 37 + 48?")).isEqualTo(embed("What is 37 + 48?"));
        String head = "How do I bake bread with rye flour and seeds? ".repeat(10);
        String tail = "Please answer in French and in verse. ".repeat(10);
        float[] embedding = brief(head + "gold and silver coins ".repeat(40) + tail);
        assertThat(cosine(embedding, brief(head + "football results ".repeat(50) + tail)))
                .isCloseTo(1, within(1e-5));
        assertThat(cosine(embedding, embed(head + "gold and silver coins ".repeat(40) + tail)))
                .isLessThan(0.999);
    }

    @Test
    void manyTextsAtOnceMeanWhatEachMeansAlone() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            texts.add("question number " + i + " about bread".repeat(i % 3));
        }
        texts.add("a long one ".repeat(90));
        List<float[]> together = embedder.brief().embedAll(texts);
        assertThat(together).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(cosine(together.get(i), brief(texts.get(i)))).isGreaterThan(0.95);
        }
        assertThat(together.getLast()).isEqualTo(brief(texts.getLast()));
        assertThat(embedder.embedAll(List.of())).isEmpty();
    }

    private static float[] brief(String text) {
        return embedder.brief().embed(text).toCompletableFuture().join();
    }

    @Test
    void tooManyWaitingTextsAreRefused() {
        List<CompletableFuture<float[]>> all = new ArrayList<>();
        try (Embedder small = MiniLmEmbedder.open(1)) {
            for (int i = 0; i < 400; i++) {
                all.add(small.embed(i + " is a number ".repeat(60)).toCompletableFuture());
            }
            assertThat(all.getFirst().join()).hasSize(384);
            assertThatThrownBy(() -> all.getLast().join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(EmbedderBusyException.class)
                    .hasMessageContaining("more workers");
        }
        assertThat(all.stream().allMatch(CompletableFuture::isDone)).isTrue();
    }

    @Test
    void aClosedEmbedderSaysSo() {
        Embedder closed = MiniLmEmbedder.open(1);
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.embed("late").toCompletableFuture().join())
                .hasRootCauseMessage(closed.id() + " is closed");
        assertThatThrownBy(() -> closed.embedAll(List.of("late")))
                .isInstanceOf(CompletionException.class);
    }

    private static float[] embed(String text) {
        return embedder.embed(text).toCompletableFuture().join();
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
        }
        return dot;
    }
}
