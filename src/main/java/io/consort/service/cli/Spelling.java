package io.consort.service.cli;

import java.util.Collection;
import java.util.Comparator;

/** Guesses what somebody meant to write. */
final class Spelling {

    private Spelling() {}

    /** The word that is fewest edits away; {@code known} has at least one. */
    static String nearest(String written, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.<String>comparingInt(word -> distance(written, word))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Insertions, deletions and replacements of characters (Levenshtein). */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
