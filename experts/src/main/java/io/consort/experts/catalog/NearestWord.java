package io.consort.experts.catalog;

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
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .filter(word -> distance(typed, word) <= mistakes(word));
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

    /** Levenshtein distance, two rows at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
