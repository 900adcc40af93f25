package io.consort.router.classify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
    static final int VERSION = 6;

    private final TrainingSet set;
    private final int[] labels;
    private final int[] folds;

    private Trainer(TrainingSet set, List<Features> thorough) {
        this.set = set;
        labels = set.examples().stream().mapToInt(TrainingSet.Example::label).toArray();
        List<float[]> rows = thorough.stream().map(Features::dense).toList();
        folds = Folds.of(Rows.of(rows, rows.getFirst().length), labels, set.none());
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
        List<Studied> judges =
                Stream.concat(
                                Stream.of(new Study(thorough, Training.Distance.EXAMPLES)),
                                quick.stream()
                                        .map(features ->
                                                new Study(features, Training.Distance.CENTRES)))
                        .toList()
                        .parallelStream()
                        .map(this::study)
                        .toList();
        Studied first = judges.getFirst();
        if (quick.isEmpty()) {
            return new Classifier(
                    first.judge(),
                    Optional.empty(),
                    Sureness.NONE,
                    TrainingReport.of(set, first.judge(), first.heldOut(), Sureness.NONE),
                    List.of());
        }
        Studied second = judges.getLast();
        Sureness sureness =
                Sureness.fit(
                        second.judge(), second.heldOut(), first.judge(), first.heldOut(), labels);
        return new Classifier(
                first.judge(),
                Optional.of(second.judge()),
                sureness,
                TrainingReport.of(set, first.judge(), first.heldOut(), sureness),
                List.of());
    }

    private record Study(List<Features> features, Training.Distance distance) {}

    private record Studied(Judge judge, List<HeldOut> heldOut) {}

    /** A judge and the cross-validation that its limits come from. */
    private Studied study(Study study) {
        Examination.Examined examined =
                Examination.of(set, study.features(), labels, folds, study.distance());
        return new Studied(
                Training.judge(set, examined.learned(), examined.heldOut(), labels),
                examined.heldOut());
    }
}
