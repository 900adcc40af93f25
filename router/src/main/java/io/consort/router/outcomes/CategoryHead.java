package io.consort.router.outcomes;

import io.consort.router.classify.LinearModel;
import io.consort.router.classify.LogisticRegression;
import io.consort.router.classify.Rows;
import io.consort.router.classify.Softmax;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The first of two steps: the probability of each recorded category. Of very many categories the
 * rarest are taken together.
 */
final class CategoryHead {

    private static final double PENALTY = 0.1;
    private static final int MOST_CLASSES = 200;
    private static final double[] CERTAIN = {1};

    private final Map<String, Integer> classes;
    private final int count;

    /** A category of each class. */
    private final String[] names;

    private final Optional<LinearModel> model;

    private CategoryHead(Map<String, Integer> classes, int count, Optional<LinearModel> model) {
        this.classes = Map.copyOf(classes);
        this.count = count;
        this.model = model;
        this.names = new String[count];
        classes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByKey().reversed())
                .forEach(entry -> names[entry.getValue()] = entry.getKey());
    }

    /** Learns from these queries; deterministic. */
    static CategoryHead fit(List<Query> train) {
        Map<String, Integer> classes = classes(train);
        int count = 1 + classes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (count == 1) {
            return new CategoryHead(classes, 1, Optional.empty());
        }
        int[] labels =
                train.stream()
                        .mapToInt(query -> classes.getOrDefault(query.prompt().category(), 0))
                        .toArray();
        Rows rows = NeighboursForecast.rows(train);
        return new CategoryHead(
                classes, count, Optional.of(LogisticRegression.fit(rows, labels, count, PENALTY)));
    }

    /** How many classes there are. */
    int count() {
        return count;
    }

    /** The class of a category; -1 where it was never seen. */
    int classOf(String category) {
        return classes.getOrDefault(category, -1);
    }

    /** The probability of each class. */
    double[] probabilities(Query query) {
        return model.map(head -> Softmax.probabilities(head.logits(query.features()), count, 1))
                .orElse(CERTAIN);
    }

    /** The most probable category. */
    String top(Query query) {
        return names[largest(probabilities(query))];
    }

    /** The place of the largest value; of equal ones the first. */
    static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[largest]) {
                largest = i;
            }
        }
        return largest;
    }

    private static Map<String, Integer> classes(List<Query> train) {
        Map<String, Integer> sizes = new TreeMap<>();
        train.forEach(query -> sizes.merge(query.prompt().category(), 1, Integer::sum));
        List<String> largest =
                sizes.keySet().stream()
                        .sorted((a, b) ->
                                Integer.compare(sizes.getOrDefault(b, 0), sizes.getOrDefault(a, 0)))
                        .toList();
        Map<String, Integer> classes = new HashMap<>();
        for (int i = 0; i < largest.size(); i++) {
            classes.put(largest.get(i), Math.min(i, MOST_CLASSES - 1));
        }
        return classes;
    }
}
