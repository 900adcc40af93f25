package io.consort.router.map;

import java.util.List;

/**
 * The experts of a category.
 *
 * @param share of the traffic, in [0, 1]
 * @param estimate of the chosen expert
 * @param ranked the chosen expert, then the fall-backs by expected score: experts that the map
 *     names anyway, or that need no hosting
 * @param reason why this expert, in words
 */
public record Assignment(
        String category, double share, Estimate estimate, List<String> ranked, String reason) {

    public Assignment {
        ranked = List.copyOf(ranked);
    }

    /** The chosen expert. */
    public String expert() {
        return ranked.getFirst();
    }
}
