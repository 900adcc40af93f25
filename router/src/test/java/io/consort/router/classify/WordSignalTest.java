package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordSignalTest {

    private static final float[] EMBEDDING = {0.6f, 0.8f};

    @Test
    void theEmbeddingStandsInFrontUnchanged() {
        float[] features = WordSignal.beside(EMBEDDING, "What is 3 + 4?");
        assertThat(features).hasSize(2 + WordSignal.WIDTH).startsWith(0.6f, 0.8f);
    }

    @Test
    void theWordsWeighTheSameInEveryText() {
        for (String text : List.of("", "?", "banana", "a b c d e ", "a b ".repeat(9_000))) {
            double squares = 0;
            for (float value : words(text)) {
                squares += value * value;
            }
            assertThat(squares).isCloseTo(0.49, within(1e-3));
        }
    }

    @Test
    void caseOrderRepetitionAndTheNumbersThemselvesDoNotMatter() {
        assertThat(words("add 12 and 7")).isEqualTo(words("And 345 ADD add 6"));
    }

    @Test
    void wordsMarksAndNumbersMatter() {
        assertThat(words("add 12 and 7")).isNotEqualTo(words("add twelve and seven"));
        assertThat(words("say \"it\" now please")).isNotEqualTo(words("say it now please"));
        assertThat(words("one two three")).isNotEqualTo(words("one two four"));
    }

    @Test
    void scriptsWithoutSpacesAreReadSignBySign() {
        assertThat(similarity("日本の首都はどこ", "中国の首都はどこ")).isGreaterThan(0.5);
        assertThat(similarity("日本の首都はどこ", "猫が好きです")).isLessThan(0.5);
    }

    @Test
    void halfASurrogatePairIsReadLikeAnythingElse() {
        assertThat(words("ok \uD83D")).hasSize(WordSignal.WIDTH);
        assertThat(words("x".repeat(3_999) + "\uD83D\uDE00")).hasSize(WordSignal.WIDTH);
    }

    private static double similarity(String one, String other) {
        float[] a = words(one);
        float[] b = words(other);
        double product = 0;
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            squares += a[i] * a[i];
        }
        assertThat(squares).isCloseTo(0.49, within(1e-3));
        return product / squares;
    }

    private static float[] words(String text) {
        return Arrays.copyOfRange(
                WordSignal.beside(EMBEDDING, text), EMBEDDING.length, 2 + WordSignal.WIDTH);
    }
}
