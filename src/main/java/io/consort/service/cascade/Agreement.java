package io.consort.service.cascade;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** How far several answers to one question say the same (self-consistency, Wang et al., 2022). */
final class Agreement {

    private Agreement() {}

    /**
     * The mean likeness of the others to the first, in [0, 1]: twice the words in common over all
     * words of both, case and punctuation left out; a letter of a script without spaces is a word.
     *
     * @return empty where the first says nothing, or there are no others
     */
    static OptionalDouble of(String first, List<String> others) {
        Map<String, Integer> words = words(first);
        if (words.isEmpty() || others.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                others.stream()
                        .mapToDouble(other -> likeness(words, words(other)))
                        .average()
                        .orElse(0));
    }

    private static double likeness(Map<String, Integer> one, Map<String, Integer> other) {
        int common = 0;
        int all = 0;
        for (Map.Entry<String, Integer> word : one.entrySet()) {
            common += Math.min(word.getValue(), other.getOrDefault(word.getKey(), 0));
            all += word.getValue();
        }
        for (int count : other.values()) {
            all += count;
        }
        return 2.0 * common / all;
    }

    private static Map<String, Integer> words(String text) {
        Map<String, Integer> words = new HashMap<>();
        StringBuilder word = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .forEach(letter -> {
                    boolean part = Character.isLetterOrDigit(letter);
                    if (!part || Character.isIdeographic(letter)) {
                        end(word, words);
                    }
                    if (part) {
                        word.appendCodePoint(letter);
                    }
                    if (Character.isIdeographic(letter)) {
                        end(word, words);
                    }
                });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, Map<String, Integer> words) {
        if (!word.isEmpty()) {
            words.merge(word.toString(), 1, Integer::sum);
            word.setLength(0);
        }
    }
}
