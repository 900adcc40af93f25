package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The steps that lead to a judge: a head and landmarks from examples, limits from held-out ones. */
final class Training {

    /** What a query's distance to the examples is measured against. */
    enum Distance {
        /** Examples themselves. */
        EXAMPLES,
        /** The middles of facets: coarse, and as fast as the head. */
        CENTRES
    }

    private static final int LANDMARKS = 1_000;

    /** The share of queries of no category that is assumed where there are no examples of them. */
    private static final double STRANGE = 0.2;

    /** A head and what to measure distances against. */
    record Learned(Head head, Landmarks landmarks) {}

    private Training() {}

    /** Learns from the examples at these places. */
    static Learned learn(
            TrainingSet set,
            List<Features> features,
            int[] labels,
            List<Integer> places,
            Distance distance) {
        List<Features> seen = places.stream().map(features::get).toList();
        int[] given = places.stream().mapToInt(place -> labels[place]).toArray();
        boolean others = false;
        for (int label : given) {
            others |= label == set.none();
        }
        Facets facets = Facets.of(seen, given, others ? set.none() + 1 : set.none());
        return new Learned(
                HeadTrainer.fit(seen, facets),
                switch (distance) {
                    case EXAMPLES -> Landmarks.sample(seen, given, LANDMARKS);
                    case CENTRES -> Landmarks.centres(seen, facets);
                });
    }

    /** A judge whose calibration and limits come from held-out examples. */
    static Judge judge(TrainingSet set, Learned learned, List<HeldOut> heldOut, int[] labels) {
        List<Evidence> members = new ArrayList<>();
        List<Evidence> others = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        List<Integer> known = new ArrayList<>();
        for (HeldOut one : heldOut) {
            int label = labels[one.example()];
            if (label == set.none()) {
                others.add(one.evidence());
                continue;
            }
            members.add(one.evidence());
            logits.add(Arrays.copyOf(one.logits(), set.none()));
            known.add(label);
        }
        boolean strangers = others.isEmpty();
        if (strangers) {
            heldOut.stream()
                    .filter(HeldOut::isStranger)
                    .map(HeldOut::stranger)
                    .forEach(others::add);
        }
        return new Judge(
                set.categories(),
                learned.head(),
                Calibration.fit(logits, known, set.none()),
                Acceptance.fit(
                        members,
                        others,
                        strangers ? OptionalDouble.of(STRANGE) : OptionalDouble.empty()),
                learned.landmarks());
    }
}
