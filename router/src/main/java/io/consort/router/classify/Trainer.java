package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes classifiers. Deterministic: the same training set and embeddings give the same classifier.
 *
 * <p>The head is trained on all examples. How far its probabilities can be trusted, and when to
 * abstain, is learned from a cross-validation in which examples of no category are held out by
 * clusters, so that they stand for kinds of queries that the head has never seen.
 */
final class Trainer {

    /** Changes whenever the same examples would give another classifier. */
    static final int VERSION = 3;

    private static final double PENALTY = 0.1;
    private static final int NO_FOLD = -1;

    private final TrainingSet set;
    private final Rows embeddings;
    private final Rows features;
    private final int[] labels;

    private Trainer(TrainingSet set, Rows embeddings, Rows features) {
        this.set = set;
        this.embeddings = embeddings;
        this.features = features;
        this.labels = set.examples().stream().mapToInt(TrainingSet.Example::label).toArray();
    }

    /**
     * A classifier for the training set.
     *
     * @param set with at least one category
     * @param embeddings of the set's examples, in their order
     * @param features what the head sees of them: the embeddings, and more behind each
     */
    static Classifier train(TrainingSet set, Rows embeddings, Rows features) {
        return new Trainer(set, embeddings, features).train();
    }

    private Classifier train() {
        int[] folds = Folds.of(embeddings, labels, set.none());
        HeldOut heldOut = new HeldOut();
        for (int fold = 0; fold < Folds.COUNT; fold++) {
            Part seen = part(folds, fold);
            if (seen.members().count() > 0) {
                examine(folds, fold, seen, heldOut);
            }
        }
        Part all = part(folds, NO_FOLD);
        return new Classifier(
                set.categories(),
                head(all),
                Temperature.fit(heldOut.logits, heldOut.labels),
                Acceptance.fit(heldOut.members, heldOut.others),
                all.members(),
                all.others());
    }

    /** Looks at a fold with the eyes of a head that was trained on the others. */
    private void examine(int[] folds, int fold, Part seen, HeldOut heldOut) {
        LinearModel head = head(seen);
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] != fold) {
                continue;
            }
            float[] seenOfIt = features.row(i);
            double[] logits = head.logits(seenOfIt);
            Evidence evidence =
                    Evidence.of(logits, set.none(), seenOfIt, seen.members(), seen.others());
            if (labels[i] == set.none()) {
                heldOut.others.add(evidence);
            } else {
                heldOut.members.add(evidence);
                heldOut.logits.add(Arrays.copyOf(logits, set.none()));
                heldOut.labels.add(labels[i]);
            }
        }
    }

    /** What the cross-validation saw: evidence about all, logits and labels of members. */
    private static final class HeldOut {
        private final List<Evidence> members = new ArrayList<>();
        private final List<Evidence> others = new ArrayList<>();
        private final List<double[]> logits = new ArrayList<>();
        private final List<Integer> labels = new ArrayList<>();
    }

    /** Some of the examples: embeddings of those of categories and of none, and features of all. */
    private record Part(Rows members, Rows others, Rows all, int[] labels) {}

    private Part part(int[] folds, int heldOut) {
        List<float[]> members = new ArrayList<>();
        List<float[]> others = new ArrayList<>();
        List<float[]> all = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (folds[i] != heldOut) {
                (labels[i] == set.none() ? others : members).add(embeddings.row(i));
                all.add(features.row(i));
                kept.add(labels[i]);
            }
        }
        int width = embeddings.width();
        return new Part(
                Rows.of(members, width),
                Rows.of(others, width),
                Rows.of(all, features.width()),
                kept.stream().mapToInt(Integer::intValue).toArray());
    }

    private LinearModel head(Part part) {
        int classes = part.others().count() > 0 ? set.none() + 1 : set.none();
        return LogisticRegression.fit(part.all(), part.labels(), classes, PENALTY);
    }
}
