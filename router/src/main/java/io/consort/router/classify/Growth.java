package io.consort.router.classify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of prompts that nobody had labelled.
 *
 * @param classifier the one to use from now on
 * @param before how the training without them went
 * @param after how the training with them went; as before where none was learned from
 * @param grown the prompts that the classifier was sure of, within the limits
 * @param kept whether the classifier learned from them: its accuracy in the cross-validation, which
 *     asks labelled examples only, did not fall
 */
public record Growth(
        Classifier classifier,
        TrainingReport before,
        TrainingReport after,
        List<Grown> grown,
        boolean kept) {

    /** A prompt below this probability teaches nothing. */
    private static final double SURE = 0.95;

    /** Prompts per labelled example of their category that are learned from at most. */
    private static final double MOST = 0.5;

    public Growth {
        grown = List.copyOf(grown);
    }

    /**
     * The prompts that a classifier is sure of, the surest first within each category, at most half
     * as many as the category has labelled examples. Those that it abstains from, that are in the
     * set already or that repeat are left out.
     *
     * @param classifications of the prompts, in their order
     */
    static List<Grown> choose(
            TrainingSet set,
            List<String> prompts,
            List<Classification> classifications,
            String teacher) {
        Set<String> known = new HashSet<>();
        int[] room = new int[set.none() + 1];
        for (TrainingSet.Example example : set.examples()) {
            known.add(example.text());
            room[example.label()]++;
        }
        List<Grown> sure = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            Classification classification = classifications.get(i);
            if (classification.abstained() || prompts.get(i).isBlank()) {
                continue;
            }
            Classification.Ranked top = classification.top().orElseThrow();
            if (top.probability() >= SURE && known.add(prompts.get(i))) {
                sure.add(new Grown(prompts.get(i), top.category(), top.probability(), teacher));
            }
        }
        sure.sort(
                Comparator.comparingDouble(Grown::probability)
                        .reversed()
                        .thenComparing(Grown::text));
        List<Grown> chosen = new ArrayList<>();
        int[] taken = new int[room.length];
        for (Grown one : sure) {
            int label = set.categories().indexOf(one.category());
            if (taken[label] < Math.floor(MOST * room[label])) {
                taken[label]++;
                chosen.add(one);
            }
        }
        return chosen;
    }
}
