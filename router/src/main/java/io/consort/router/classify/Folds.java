package io.consort.router.classify;

import java.util.ArrayList;
import java.util.List;

/**
 * Which fold of a cross-validation an example is held out in. Examples of a category are dealt out
 * one by one; those of none go by whole clusters, because what will have to be recognised as none
 * is of kinds that nobody thought of.
 */
final class Folds {

    private static final int FEW = 5;
    private static final int MANY = 3;

    /** From this many examples on, a head learns enough from two thirds of them. */
    private static final int ENOUGH = 2_000;

    private static final int OTHERS_PER_CLUSTER = 8;

    private Folds() {}

    /** How many folds there are for so many examples. */
    static int count(int examples) {
        return examples < ENOUGH ? FEW : MANY;
    }

    /**
     * The fold of every example, numbered from 0.
     *
     * @param examples one row per label, of norm 1
     * @param none the label of examples of no category
     */
    static int[] of(Rows examples, int[] labels, int none) {
        int count = count(labels.length);
        int[] folds = new int[labels.length];
        int[] dealt = new int[none];
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] == none) {
                others.add(i);
            } else {
                folds[i] = (dealt[labels[i]] + labels[i]) % count;
                dealt[labels[i]]++;
            }
        }
        if (!others.isEmpty()) {
            List<float[]> rows = others.stream().map(examples::row).toList();
            int clusters =
                    Math.min(others.size(), Math.max(count, others.size() / OTHERS_PER_CLUSTER));
            int[] assigned = Clusters.of(Rows.of(rows, examples.width()), clusters);
            for (int i = 0; i < assigned.length; i++) {
                folds[others.get(i)] = assigned[i] % count;
            }
        }
        return folds;
    }
}
