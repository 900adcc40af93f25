package io.consort.router.classify;

import io.consort.router.classify.Classification.Doubt;
import io.consort.router.classify.Classification.Ranked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Ranks the categories by a head and decides from its scores and the distance to the examples
 * whether a query belongs to any of them. Immutable and thread-safe.
 *
 * @param categories in the order of the head's labels; the label after them stands for none, where
 *     the head knows examples of it
 */
record Judge(
        List<String> categories,
        Head head,
        Calibration calibration,
        Acceptance acceptance,
        Landmarks landmarks) {

    Judge {
        categories = List.copyOf(categories);
    }

    Classification judge(Features features) {
        double[] logits = head.logits(features);
        Evidence evidence =
                Evidence.of(
                        logits, categories.size(), landmarks.from(features.dense()), Evidence.ALL);
        return judge(logits, evidence);
    }

    /** What follows from the head's scores and the evidence. */
    Classification judge(double[] logits, Evidence evidence) {
        double accepted = acceptance.probability(evidence);
        double[] shares = calibration.probabilities(logits);
        double[] all = new double[shares.length + 1];
        List<Ranked> ranking = new ArrayList<>(shares.length);
        for (int i = 0; i < shares.length; i++) {
            all[i] = accepted * shares[i];
            ranking.add(new Ranked(categories.get(i), all[i]));
        }
        all[shares.length] = 1 - accepted;
        ranking.sort(Comparator.comparingDouble(Ranked::probability).reversed());
        return new Classification(
                ranking,
                1 - accepted,
                Softmax.entropy(all),
                1 - evidence.nearest(),
                doubts(accepted, evidence));
    }

    private Set<Doubt> doubts(double accepted, Evidence evidence) {
        Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
        if (accepted < acceptance.threshold()) {
            doubts.add(Doubt.BELONGS_TO_NONE);
        }
        if (evidence.entropy() > acceptance.entropyLimit()) {
            doubts.add(Doubt.UNDECIDED);
        }
        if (evidence.near() < acceptance.similarityLimit()) {
            doubts.add(Doubt.UNLIKE_EXAMPLES);
        }
        return doubts;
    }
}
