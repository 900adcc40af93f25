package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
     * What was learned from all examples, and what was found about held-out ones.
     *
     * @param heldOut in the order of the examples
     */
    record Examined(Training.Learned learned, List<HeldOut> heldOut) {}

    /**
     * Learns from all examples, and beside it from those outside of each fold.
     *
     * @param folds of every example, see {@link Folds}
     */
    static Examined of(
            TrainingSet set,
            List<Features> features,
            int[] labels,
            int[] folds,
            Training.Distance distance) {
        Examination examination = new Examination(set, features, labels, folds, distance);
        List<Fold> all =
                IntStream.rangeClosed(-1, Folds.count(labels.length) - 1)
                        .parallel()
                        .mapToObj(examination::fold)
                        .toList();
        return new Examined(
                all.getFirst().learned().orElseThrow(),
                all.stream()
                        .flatMap(fold -> fold.heldOut().stream())
                        .sorted(Comparator.comparingInt(HeldOut::example))
                        .toList());
    }

    /** What was learned without a fold, where anything was left, and found in it. */
    private record Fold(Optional<Training.Learned> learned, List<HeldOut> heldOut) {}

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

    /** No example is in fold -1. */
    private Fold fold(int fold) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] != fold || set.examples().get(i).grown()) {
                seen.add(i);
            }
        }
        List<HeldOut> found = new ArrayList<>();
        if (seen.stream().noneMatch(this::isMember)) {
            return new Fold(Optional.empty(), found);
        }
        Training.Learned learned = Training.learn(set, features, labels, seen, distance);
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] == fold && examined[i]) {
                found.add(examine(i, learned));
            }
        }
        return new Fold(Optional.of(learned), found);
    }

    private HeldOut examine(int example, Training.Learned learned) {
        int none = set.none();
        Landmarks.Distances seen = learned.landmarks().from(features.get(example).dense());
        double[] logits = learned.head().logits(features.get(example));
        Evidence evidence = Evidence.of(logits, none, seen, Evidence.ALL);
        if (labels[example] == none || none == 1) {
            return new HeldOut(example, logits, evidence, new double[0], evidence);
        }
        double[] others = logits.clone();
        others[labels[example]] = Double.NEGATIVE_INFINITY;
        Evidence stranger = Evidence.of(others, none, seen, labels[example]);
        return new HeldOut(example, logits, evidence, others, stranger);
    }
}
