package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "banana", "a b c d e ", "x1y2 \uD83D", "日本の首都はどこ"})
    void placesRiseAndTheWholeHasTheSameLengthForEveryText(String text) {
        Words words = Words.of(text);
        assertThat(words.places()).isSorted().doesNotHaveDuplicates();
        assertThat(product(words, words)).isCloseTo(1, within(1e-3));
    }

    @Test
    void aHugeTextIsReadAtItsBeginningAndItsEnd() {
        String begin = "How do I bake rye bread? ".repeat(100);
        String end = "Please answer in verse. ".repeat(100);
        Words words = Words.of(begin + "gold ".repeat(20_000) + end);
        assertThat(product(words, Words.of(begin + "football ".repeat(11_111) + end)))
                .isCloseTo(1, within(1e-5));
        assertThat(product(words, Words.of(begin))).isLessThan(0.9);
    }

    @Test
    void caseAndTheNumbersThemselvesDoNotMatterAndOrderDoes() {
        assertThat(similarity("add 12 and 7", "ADD 345 And 6")).isCloseTo(1, within(1e-5));
        assertThat(similarity("dog bites man", "man bites dog")).isBetween(0.3, 0.99);
    }

    @Test
    void aTypingErrorLeavesMostOfAWord() {
        assertThat(similarity("cancel my subscription", "cancel my subscripton"))
                .isGreaterThan(0.6);
        assertThat(similarity("cancel my subscription", "weather in paris")).isLessThan(0.2);
    }

    private static double similarity(String one, String other) {
        return product(Words.of(one), Words.of(other));
    }

    private static double product(Words one, Words other) {
        double product = 0;
        for (int i = 0; i < one.places().length; i++) {
            for (int j = 0; j < other.places().length; j++) {
                if (one.places()[i] == other.places()[j]) {
                    product += one.values()[i] * other.values()[j];
                }
            }
        }
        return product;
    }
}
