package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cross-validation: every example, or an even sample of many, before a head that was trained on
 * the other folds. Folds run side by side; the result does not depend on it.
 */
final class Examination {

    /** Members of categories that are examined at most. */
    private static final int EXAMINED = 3_000;

    private final TrainingSet set;
    private final List<Features> features;
    private final int[] labels;
    private final int[] folds;
    private final Training.Distance distance;
    private final boolean[] examined;

    private Examination(
            TrainingSet set,
            List<Features> features,
            int[] labels,
            int[] folds,
            Training.Distance distance) {
        this.set = set;
        this.features = features;
        this.labels = labels;
        this.folds = folds;
        this.distance = distance;
        this.examined = examined();
    }

    /**
     * What was found, in the order of the examples.
     *
     * @param folds of every example, see {@link Folds}
     */
    static List<HeldOut> of(
            TrainingSet set,
            List<Features> features,
            int[] labels,
            int[] folds,
            Training.Distance distance) {
        Examination examination = new Examination(set, features, labels, folds, distance);
        return IntStream.range(0, Folds.count(labels.length))
                .parallel()
                .mapToObj(examination::fold)
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(HeldOut::example))
                .toList();
    }

    private boolean[] examined() {
        long members = IntStream.range(0, labels.length).filter(this::isMember).count();
        double share = Math.min(1, EXAMINED / (double) Math.max(1, members));
        boolean[] chosen = new boolean[labels.length];
        int passed = 0;
        for (int i = 0; i < labels.length; i++) {
            chosen[i] = !set.examples().get(i).grown();
            if (isMember(i)) {
                chosen[i] = (int) ((passed + 1) * share) != (int) (passed * share);
                passed++;
            }
        }
        return chosen;
    }

    private boolean isMember(int example) {
        return labels[example] < set.none() && !set.examples().get(example).grown();
    }

    private List<HeldOut> fold(int fold) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] != fold || set.examples().get(i).grown()) {
                seen.add(i);
            }
        }
        List<HeldOut> found = new ArrayList<>();
        if (seen.stream().noneMatch(this::isMember)) {
            return found;
        }
        Training.Learned learned = Training.learn(set, features, labels, seen, distance);
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] == fold && examined[i]) {
                found.add(examine(i, learned));
            }
        }
        return found;
    }

    private HeldOut examine(int example, Training.Learned learned) {
        int none = set.none();
        float[] dense = features.get(example).dense();
        double[] logits = learned.head().logits(features.get(example));
        Evidence evidence = Evidence.of(logits, none, dense, learned.landmarks(), Evidence.ALL);
        if (labels[example] == none || none == 1) {
            return new HeldOut(example, logits, evidence, new double[0], evidence);
        }
        double[] others = logits.clone();
        others[labels[example]] = Double.NEGATIVE_INFINITY;
        Evidence stranger = Evidence.of(others, none, dense, learned.landmarks(), labels[example]);
        return new HeldOut(example, logits, evidence, others, stranger);
    }
}
