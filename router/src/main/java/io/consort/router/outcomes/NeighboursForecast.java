package io.consort.router.outcomes;

import io.consort.router.classify.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Expects of a model its mean score over the most similar queries, the closer the weightier. */
final class NeighboursForecast {

    private static final int NEIGHBOURS = 60;

    /** Cosines differ by some hundredths between neighbours; this makes the difference count. */
    private static final double SHARPNESS = 5;

    private NeighboursForecast() {}

    static Forecast fit(List<Query> train) {
        Rows rows = MappedForecast.rows(train);
        MeanScores means = MeanScores.of(train);
        List<Query> known = List.copyOf(train);
        return query -> {
            float[] similarity = rows.times(query.features());
            MeanScores.Group group = means.group();
            List<Integer> nearest = nearest(similarity);
            double best = similarity[nearest.getFirst()];
            for (int neighbour : nearest) {
                group.add(
                        known.get(neighbour), Math.exp(SHARPNESS * (similarity[neighbour] - best)));
            }
            return group.means();
        };
    }

    /** The indices of the largest values, the largest first; of equal ones the first. */
    private static List<Integer> nearest(float[] similarity) {
        Comparator<Integer> order =
                Comparator.<Integer>comparingDouble(i -> similarity[i])
                        .thenComparing(Comparator.reverseOrder());
        PriorityQueue<Integer> largest = new PriorityQueue<>(NEIGHBOURS + 1, order);
        for (int i = 0; i < similarity.length; i++) {
            largest.add(i);
            if (largest.size() > NEIGHBOURS) {
                largest.poll();
            }
        }
        return largest.stream().sorted(order.reversed()).toList();
    }
}
