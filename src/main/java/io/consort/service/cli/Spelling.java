package io.consort.service.cli;

import io.consort.experts.EditDistance;
import java.util.Collection;
import java.util.Comparator;

/** Guesses what somebody meant to write. */
final class Spelling {

    private Spelling() {}

    /** The word that is fewest edits away; {@code known} has at least one. */
    static String nearest(String written, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.<String>comparingInt(word -> EditDistance.between(written, word))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }
}
