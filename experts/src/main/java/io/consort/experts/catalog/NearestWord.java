package io.consort.experts.catalog;

import io.consort.experts.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant who mistyped a word. */
final class NearestWord {

    private static final int LONGEST = 64;

    private NearestWord() {}

    /** The known word that is fewest edits away, where these are few enough for a typing error. */
    static Optional<String> to(String typed, Collection<String> known) {
        if (typed.length() > LONGEST) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.comparingInt(word -> EditDistance.between(typed, word)))
                .filter(word -> EditDistance.between(typed, word) <= mistakes(word));
    }

    private static int mistakes(String word) {
        return Math.min(word.length() - 1, Math.max(2, word.length() / 3));
    }

    /** How to go on from an unknown word. */
    static String remedy(String typed, Collection<String> known) {
        return to(typed, known)
                .map("did you mean `%s`?"::formatted)
                .orElseGet(() ->
                        known.isEmpty()
                                ? "there is none"
                                : "known: " + String.join(", ", known.stream().sorted().toList()));
    }
}
