package io.consort.router.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.consort.router.classify.Classification.Doubt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrainerTest {

    private static final int OTHER_KINDS = 12;

    private final Points points = new Points(11);

    @Test
    void probabilitiesSumToOneAndRankTheCategories() {
        Classifier classifier = train(3, 30, OTHER_KINDS, 6);
        for (int kind = 0; kind < 20; kind++) {
            for (float[] point : points.kind(kind, 10, 0.5)) {
                Classification classification = classifier.thorough().judge(features(point));
                double sum = classification.none();
                double last = 1;
                for (Classification.Ranked ranked : classification.ranking()) {
                    assertThat(ranked.probability()).isBetween(0.0, last);
                    last = ranked.probability();
                    sum += ranked.probability();
                }
                assertThat(sum).isCloseTo(1, within(1e-9));
                assertThat(classification.entropy()).isBetween(0.0, Math.log(4));
                assertThat(classification.distance()).isBetween(-1e-6, 2.0);
            }
        }
    }

    @Test
    void knownKindsAreRecognisedAndUnknownOnesAreNot() {
        Classifier classifier = train(3, 60, OTHER_KINDS, 6);
        for (int kind = 0; kind < 3; kind++) {
            assertThat(placed(classifier, kind, kind)).isGreaterThanOrEqualTo(0.9);
        }
        for (int kind = 50; kind < 60; kind++) {
            assertThat(abstained(classifier, kind)).isGreaterThanOrEqualTo(0.8);
        }
    }

    @Test
    void withoutOtherExamplesDistanceDecides() {
        Classifier classifier = train(3, 60, 0, 0);
        assertThat(placed(classifier, 1, 1)).isGreaterThanOrEqualTo(0.85);
        for (int kind = 50; kind < 60; kind++) {
            assertThat(abstained(classifier, kind)).isGreaterThanOrEqualTo(0.8);
        }
    }

    @Test
    void theSameExamplesGiveTheSameClassifier() {
        Classifier one = new Trained(new Points(4), 3, 20, 5, 5).classifier();
        Classifier other = new Trained(new Points(4), 3, 20, 5, 5).classifier();
        for (float[] point : points.kind(1, 10, 0.5)) {
            assertThat(one.thorough().judge(features(point)))
                    .isEqualTo(other.thorough().judge(features(point)));
        }
    }

    @Test
    void oneExampleIsEnoughToStart() {
        Classifier classifier = train(1, 1, 0, 0);
        assertThat(classifier.thorough().judge(first(classifier)).abstained()).isFalse();
        assertThat(classifier.thorough().judge(features(points.kind(9, 1, 0).getFirst())).doubts())
                .contains(Doubt.UNLIKE_EXAMPLES);
    }

    @Test
    void aHandfulOfExamplesWorks() {
        for (int each = 1; each < 4; each++) {
            for (int others = 0; others < 3; others++) {
                Classifier classifier = train(2, each, others, 1);
                Classification classification = classifier.thorough().judge(first(classifier));
                assertThat(classification.top().orElseThrow().category()).isEqualTo("c0");
            }
        }
    }

    private double placed(Classifier classifier, int kind, int category) {
        return share(
                points.kind(kind, 200, 0.35).stream()
                        .map(point -> classifier.thorough().judge(features(point)))
                        .filter(c -> !c.abstained())
                        .filter(c -> c.top().orElseThrow().category().equals("c" + category))
                        .count());
    }

    private double abstained(Classifier classifier, int kind) {
        return share(
                points.kind(kind, 200, 0.35).stream()
                        .map(point -> classifier.thorough().judge(features(point)))
                        .filter(Classification::abstained)
                        .count());
    }

    private static Features features(float[] point) {
        return new Features(point, new Words(new int[0], new float[0]));
    }

    private static Features first(Classifier classifier) {
        return features(classifier.thorough().landmarks().rows().row(0));
    }

    private static double share(long count) {
        return count / 200.0;
    }

    private Classifier train(int categories, int each, int otherKinds, int eachOther) {
        return new Trained(points, categories, each, otherKinds, eachOther).classifier();
    }

    /** Categories are kinds 0, 1, ...; examples of none are of kinds 100, 101, ... */
    private record Trained(Points points, int categories, int each, int otherKinds, int eachOther) {

        Classifier classifier() {
            List<float[]> rows = new ArrayList<>();
            List<TrainingSet.Example> examples = new ArrayList<>();
            for (int label = 0; label < categories; label++) {
                add(label, points.kind(label, each, 0.35), rows, examples);
            }
            for (int kind = 0; kind < otherKinds; kind++) {
                add(categories, points.kind(100 + kind, eachOther, 0.35), rows, examples);
            }
            List<String> ids = IntStream.range(0, categories).mapToObj(i -> "c" + i).toList();
            return Trainer.train(
                    new TrainingSet(ids, examples),
                    rows.stream().map(TrainerTest::features).toList(),
                    Optional.empty());
        }

        private static void add(
                int label,
                List<float[]> points,
                List<float[]> rows,
                List<TrainingSet.Example> examples) {
            rows.addAll(points);
            points.forEach(_ -> examples.add(new TrainingSet.Example(label, "", false)));
        }
    }
}
