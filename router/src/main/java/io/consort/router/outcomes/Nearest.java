package io.consort.router.outcomes;

import io.consort.router.classify.Rows;
import java.util.List;

/** The most similar of known queries; ties go to the earlier one. Immutable and thread-safe. */
final class Nearest {

    private final Rows rows;
    private final int count;

    /**
     * @param known at least one
     * @param count how many are looked up
     */
    Nearest(List<Query> known, int count) {
        this.rows = NeighboursForecast.rows(known);
        this.count = Math.min(count, known.size());
    }

    /** What is done with a neighbour. */
    @FunctionalInterface
    interface Visitor {
        /** A neighbour's index and its similarity less that of the nearest, at most 0. */
        void see(int index, double behind);
    }

    /** Shows the neighbours, the nearest first. */
    void visit(Query query, Visitor visitor) {
        float[] similarity = rows.times(query.features());
        int[] nearest = new int[count];
        int size = 0;
        for (int i = 0; i < similarity.length; i++) {
            if (size == count && similarity[i] <= similarity[nearest[size - 1]]) {
                continue;
            }
            int place = size < count ? size++ : size - 1;
            while (place > 0 && similarity[nearest[place - 1]] < similarity[i]) {
                nearest[place] = nearest[place - 1];
                place--;
            }
            nearest[place] = i;
        }
        for (int neighbour : nearest) {
            visitor.see(neighbour, similarity[neighbour] - similarity[nearest[0]]);
        }
    }
}
