package io.consort.router.outcomes;

import io.consort.router.classify.Rows;
import java.util.List;

/** Expects of a model its mean score over the most similar queries, the closer the weightier. */
final class NeighboursForecast {

    private static final int NEIGHBOURS = 60;

    /** Cosines differ by some hundredths between neighbours; this makes the difference count. */
    private static final double SHARPNESS = 5;

    private NeighboursForecast() {}

    static Forecast fit(List<Query> train) {
        Nearest nearest = new Nearest(train, NEIGHBOURS);
        MeanScores means = MeanScores.of(train);
        List<Query> known = List.copyOf(train);
        return query -> {
            MeanScores.Group group = means.group();
            nearest.visit(
                    query,
                    (index, behind) -> group.add(known.get(index), Math.exp(SHARPNESS * behind)));
            return group.means();
        };
    }

    /** The features of the queries. */
    static Rows rows(List<Query> queries) {
        return Rows.of(
                queries.stream().map(Query::features).toList(),
                queries.getFirst().features().length);
    }
}
