package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Embeddings that stand for the training examples when a query's distance to them is asked for.
 *
 * @param rows their embeddings
 * @param labels of each
 */
record Landmarks(Rows rows, int[] labels) {

    private static final int NEIGHBOURS = 5;

    /** At most {@code count} of the examples, those of each label at even distances. */
    static Landmarks sample(List<Features> examples, int[] labels, int count) {
        List<float[]> rows = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        double share = Math.min(1, count / (double) Math.max(1, labels.length));
        int[] passed = new int[Arrays.stream(labels).max().orElse(0) + 1];
        for (int i = 0; i < labels.length; i++) {
            int before = passed[labels[i]]++;
            if (before == 0 || (int) (before * share) != (int) ((before - 1) * share)) {
                rows.add(Halves.rounded(examples.get(i).dense()));
                kept.add(labels[i]);
            }
        }
        return of(rows, kept, examples.isEmpty() ? 1 : examples.getFirst().dense().length);
    }

    /** The middle of every facet. */
    static Landmarks centres(List<Features> examples, Facets facets) {
        int width = examples.getFirst().dense().length;
        float[][] sums = new float[facets.owners().length][width];
        for (int i = 0; i < examples.size(); i++) {
            float[] sum = sums[facets.ofExamples()[i]];
            float[] dense = examples.get(i).dense();
            for (int j = 0; j < width; j++) {
                sum[j] += dense[j];
            }
        }
        List<float[]> rows = new ArrayList<>();
        for (float[] sum : sums) {
            double squares = 0;
            for (float value : sum) {
                squares += value * value;
            }
            for (int j = 0; j < width; j++) {
                sum[j] /= (float) Math.sqrt(Math.max(squares, 1e-12));
            }
            rows.add(Halves.rounded(sum));
        }
        return of(rows, Arrays.stream(facets.owners()).boxed().toList(), width);
    }

    /** The same and examples of a new label, which those of the labels from it on make room for. */
    Landmarks extended(List<Features> examples, int label, int count) {
        Landmarks added = sample(examples, new int[examples.size()], count);
        List<float[]> all = new ArrayList<>();
        List<Integer> moved = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            all.add(rows.row(i));
            moved.add(labels[i] < label ? labels[i] : labels[i] + 1);
        }
        for (int i = 0; i < added.labels.length; i++) {
            all.add(added.rows.row(i));
            moved.add(label);
        }
        return of(all, moved, rows.width());
    }

    private static Landmarks of(List<float[]> rows, List<Integer> labels, int width) {
        return new Landmarks(
                Rows.of(rows, width), labels.stream().mapToInt(Integer::intValue).toArray());
    }

    /** How near a direction is to each of them. */
    Distances from(float[] dense) {
        return new Distances(rows.times(dense), labels);
    }

    /**
     * The cosines of a direction with landmarks.
     *
     * @param labels of the landmarks
     */
    record Distances(float[] cosines, int[] labels) {

        /**
         * The largest cosines with landmarks of some labels, the largest first, at most {@value
         * #NEIGHBOURS}; a single 0 where there are none.
         *
         * @param from the first label that counts
         * @param to the label after the last one
         * @param without a label that is passed over
         */
        float[] largest(int from, int to, int without) {
            float[] largest = new float[NEIGHBOURS];
            int found = 0;
            for (int i = 0; i < cosines.length; i++) {
                int label = labels[i];
                if (label < from || label >= to || label == without) {
                    continue;
                }
                if (found == NEIGHBOURS && cosines[i] <= largest[NEIGHBOURS - 1]) {
                    continue;
                }
                int place = found < NEIGHBOURS ? found++ : NEIGHBOURS - 1;
                while (place > 0 && largest[place - 1] < cosines[i]) {
                    largest[place] = largest[place - 1];
                    place--;
                }
                largest[place] = cosines[i];
            }
            return Arrays.copyOf(largest, Math.max(1, found));
        }
    }
}
