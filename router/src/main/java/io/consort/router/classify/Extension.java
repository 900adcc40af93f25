package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One more category beside those that a classifier knows. Only the new category's facets are
 * fitted; the weights of all others and their calibration stay as they are, and so do the limits,
 * except that of the entropy, which is higher among more categories.
 */
final class Extension {

    /** Until the next training the quick judge decides only what is this clear. */
    private static final double SURE = 0.9;

    private static final int LANDMARKS = 100;

    /** The share of what was known whose entropy may rise further than the limit does. */
    private static final double RARE = 0.005;

    private Extension() {}

    /**
     * The features of some texts before one kind of judge.
     *
     * @param own of the new category's examples, at least one
     * @param rest of examples of what the judge knows
     */
    record Material(List<Features> own, List<Features> rest) {}

    /** A classifier that knows the category, too. */
    static Classifier add(
            Classifier classifier, String category, Material thorough, Optional<Material> quick) {
        Optional<Judge> quickJudge =
                quick.flatMap(material ->
                        classifier.quick().map(judge -> extended(judge, category, material)));
        Sureness before = classifier.sureness();
        return new Classifier(
                extended(classifier.thorough(), category, thorough),
                quickJudge,
                quickJudge.isEmpty()
                        ? Sureness.NONE
                        : new Sureness(Math.max(SURE, before.limit()), before.share()),
                classifier.report(),
                classifier.grown());
    }

    private static Judge extended(Judge judge, String category, Material material) {
        int label = judge.categories().size();
        List<Features> examples = new ArrayList<>(material.own());
        examples.addAll(material.rest());
        int own = material.own().size();
        Facets split = Facets.of(material.own(), new int[own], 1);
        int count = split.owners().length;
        int[] facets = new int[examples.size()];
        Arrays.fill(facets, count);
        System.arraycopy(split.ofExamples(), 0, facets, 0, own);
        float[] rivals = new float[examples.size()];
        for (int i = 0; i < rivals.length; i++) {
            double[] logits = judge.head().logits(examples.get(i));
            rivals[i] = (float) Softmax.logSumExp(logits, logits.length);
        }
        Head added = HeadTrainer.fitBeside(examples, facets, count, rivals);
        List<String> categories = new ArrayList<>(judge.categories());
        categories.add(category);
        Head head = inserted(judge.head(), added, label);
        return new Judge(
                categories,
                head,
                judge.calibration().extended(),
                judge.acceptance().widened(doubt(judge.head(), head, material.rest(), label)),
                judge.landmarks().extended(material.own(), label, LANDMARKS));
    }

    /** By how much one more category raises the entropy of nearly all that was known. */
    private static double doubt(Head before, Head after, List<Features> rest, int categories) {
        double[] raised =
                rest.stream()
                        .mapToDouble(one ->
                                entropy(after, one, categories + 1)
                                        - entropy(before, one, categories))
                        .sorted()
                        .toArray();
        return Math.max(0, Conformal.upper(raised, RARE));
    }

    private static double entropy(Head head, Features features, int categories) {
        return Softmax.entropy(Softmax.probabilities(head.logits(features), categories, 1));
    }

    /** Puts the facets of a label between those of the labels before it and that of none. */
    private static Head inserted(Head head, Head added, int label) {
        int[] owners = head.owners();
        int place = (int) Arrays.stream(owners).filter(owner -> owner < label).count();
        int[] moved =
                IntStream.concat(
                                IntStream.concat(
                                        Arrays.stream(owners, 0, place),
                                        Arrays.stream(added.owners()).map(_ -> label)),
                                Arrays.stream(owners, place, owners.length).map(o -> o + 1))
                        .toArray();
        float[][] weights = new float[head.weights().length][];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = inserted(head.weights()[i], added.weights()[i], place);
        }
        return new Head(
                weights, inserted(head.bias(), added.bias(), place), moved, head.labels() + 1);
    }

    private static float[] inserted(float[] into, float[] values, int place) {
        float[] all = Arrays.copyOf(into, into.length + values.length);
        System.arraycopy(values, 0, all, place, values.length);
        System.arraycopy(into, place, all, place + values.length, into.length - place);
        return all;
    }
}
