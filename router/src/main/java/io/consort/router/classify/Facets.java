package io.consort.router.classify;

import java.util.ArrayList;
import java.util.List;

/**
 * Kinds of texts within labels. A category that people thought of holds kinds of texts that have
 * little in common; each gets a direction of its own.
 *
 * @param ofExamples the facet of every example
 * @param owners the label of every facet, in rising order
 */
record Facets(int[] ofExamples, int[] owners, int labels) {

    private static final int EXAMPLES_EACH = 80;
    private static final int MOST = 16;

    /**
     * Splits labels with many examples by clusters of the examples' embeddings.
     *
     * @param given the label of every example
     */
    static Facets of(List<Features> examples, int[] given, int labels) {
        int[] facets = new int[given.length];
        List<Integer> owners = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < given.length; i++) {
                if (given[i] == label) {
                    own.add(i);
                }
            }
            int count = Math.clamp(own.size() / EXAMPLES_EACH, 1, MOST);
            int[] clusters = clusters(examples, own, count);
            for (int i = 0; i < clusters.length; i++) {
                facets[own.get(i)] = owners.size() + clusters[i];
            }
            for (int i = 0; i < count; i++) {
                owners.add(label);
            }
        }
        return new Facets(facets, owners.stream().mapToInt(Integer::intValue).toArray(), labels);
    }

    private static int[] clusters(List<Features> examples, List<Integer> own, int count) {
        if (count == 1) {
            return new int[own.size()];
        }
        List<float[]> rows = own.stream().map(i -> examples.get(i).dense()).toList();
        return Clusters.of(Rows.of(rows, rows.getFirst().length), count);
    }
}
