package io.consort.router.classify;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes classifiers. Deterministic: the same training set and features give the same classifier.
 *
 * <p>The heads are trained on all examples. How far their probabilities can be trusted, when to
 * abstain and when the quick judge may decide alone is learned from a cross-validation, in which
 * examples of no category are held out by clusters, so that they stand for kinds of queries that the
 * head has never seen. For the quick judge every example also stands for a query of an unknown kind:
 * its own category is then passed over. Where there are no examples of no category, those teach the
 * acceptance, too.
 */
final class Trainer {

    /** Changes whenever the same examples would give another classifier. */
    static final int VERSION = 5;

    private final TrainingSet set;
    private final int[] labels;
    private final int[] folds;
    private final List<Integer> everything;

    private Trainer(TrainingSet set, List<Features> thorough) {
        this.set = set;
        labels = set.examples().stream().mapToInt(TrainingSet.Example::label).toArray();
        List<float[]> rows = thorough.stream().map(Features::dense).toList();
        folds = Folds.of(Rows.of(rows, rows.getFirst().length), labels, set.none());
        everything = IntStream.range(0, labels.length).boxed().toList();
    }

    /**
     * A classifier for the training set.
     *
     * @param set with at least one category
     * @param thorough features of the set's examples, in their order
     * @param quick the same by a quick embedder, where there is one
     */
    static Classifier train(
            TrainingSet set, List<Features> thorough, Optional<List<Features>> quick) {
        return new Trainer(set, thorough).train(thorough, quick);
    }

    private Classifier train(List<Features> thorough, Optional<List<Features>> quick) {
        List<HeldOut> heldOut = heldOut(thorough, Training.Distance.EXAMPLES);
        Judge judge = judge(thorough, Training.Distance.EXAMPLES, heldOut);
        if (quick.isEmpty()) {
            return new Classifier(
                    judge,
                    Optional.empty(),
                    Sureness.NONE,
                    TrainingReport.of(set, judge, heldOut, Sureness.NONE),
                    List.of());
        }
        List<HeldOut> quickHeldOut = heldOut(quick.get(), Training.Distance.CENTRES);
        Judge quickJudge = judge(quick.get(), Training.Distance.CENTRES, quickHeldOut);
        Sureness sureness = Sureness.fit(quickJudge, quickHeldOut, judge, heldOut, labels);
        return new Classifier(
                judge,
                Optional.of(quickJudge),
                sureness,
                TrainingReport.of(set, judge, heldOut, sureness),
                List.of());
    }

    private List<HeldOut> heldOut(List<Features> features, Training.Distance distance) {
        return Examination.of(set, features, labels, folds, distance);
    }

    private Judge judge(
            List<Features> features, Training.Distance distance, List<HeldOut> heldOut) {
        return Training.judge(
                set, Training.learn(set, features, labels, everything, distance), heldOut, labels);
    }
}
