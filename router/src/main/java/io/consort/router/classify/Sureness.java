package io.consort.router.classify;

import io.consort.experts.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When the quick judge may decide alone.
 *
 * @param limit the confidence from which on it may; above 1 where it never may
 * @param share of the held-out examples that it then decides
 */
record Sureness(double limit, double share) {

    /** Accuracy that the two judges together may lose against the thorough one alone. */
    private static final double LOSS = 0.003;

    private static final double NEVER = 2;

    /** A quick judge that may decide nothing. */
    static final Sureness NONE = new Sureness(NEVER, 0);

    /**
     * One held-out query before both judges.
     *
     * @param cost what the quick judge's decision costs: 1 where it alone is wrong, -1 where the
     *     thorough one alone is
     * @param unknown whether the query belongs to no category
     * @param real whether it is what it is, and not only stands for an unknown kind
     */
    private record Trial(double confidence, int cost, boolean unknown, boolean real) {}

    /** The confidence of a judge that has made up its mind, and 0 of one that has not. */
    static double confidence(Classification quick) {
        double top = quick.top().orElseThrow().probability();
        if (quick.abstained()) {
            return quick.none() > top ? quick.none() : 0;
        }
        return top;
    }

    /**
     * The lowest limit under which the loss on held-out examples is small: by one standard error
     * less than 0.3 points over all, and over those of no category.
     *
     * @param quick what the quick judge found, in the order of the thorough one's findings
     * @param labels of the training set's examples
     */
    static Sureness fit(
            Judge quickJudge,
            List<HeldOut> quick,
            Judge thoroughJudge,
            List<HeldOut> thorough,
            int[] labels) {
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < quick.size(); i++) {
            HeldOut one = quick.get(i);
            HeldOut other = thorough.get(i);
            int label = labels[one.example()];
            List<String> categories = quickJudge.categories();
            String truth = label < categories.size() ? categories.get(label) : Category.NONE;
            trials.add(
                    trial(
                            quickJudge.judge(one.logits(), one.evidence()),
                            thoroughJudge.judge(other.logits(), other.evidence()),
                            truth,
                            true));
            if (one.isStranger()) {
                trials.add(
                        trial(
                                quickJudge.judge(one.strangerLogits(), one.stranger()),
                                thoroughJudge.judge(other.strangerLogits(), other.stranger()),
                                Category.NONE,
                                false));
            }
        }
        return fit(trials);
    }

    private static Trial trial(
            Classification quick, Classification thorough, String truth, boolean real) {
        int cost = wrong(quick, truth) - wrong(thorough, truth);
        return new Trial(confidence(quick), cost, truth.equals(Category.NONE), real);
    }

    private static int wrong(Classification classification, String truth) {
        String placed =
                classification.abstained()
                        ? Category.NONE
                        : classification.top().orElseThrow().category();
        return placed.equals(truth) ? 0 : 1;
    }

    private static Sureness fit(List<Trial> trials) {
        trials.sort(Comparator.comparingDouble(Trial::confidence).reversed());
        Tally all = new Tally(trials.stream().filter(Trial::real).count());
        Tally unknown = new Tally(trials.stream().filter(Trial::unknown).count());
        Sureness best = NONE;
        int decided = 0;
        for (int i = 0; i < trials.size() && trials.get(i).confidence() > 0; i++) {
            Trial trial = trials.get(i);
            if (trial.real()) {
                all.add(trial.cost());
                decided++;
            }
            if (trial.unknown()) {
                unknown.add(trial.cost());
            }
            boolean last =
                    i + 1 == trials.size() || trials.get(i + 1).confidence() < trial.confidence();
            if (last && all.isSmall() && unknown.isSmall()) {
                best = new Sureness(trial.confidence(), decided / (double) all.count);
            }
        }
        return best;
    }

    /** The loss so far. */
    private static final class Tally {
        private final long count;
        private int lost;
        private int differing;

        Tally(long count) {
            this.count = count;
        }

        void add(int cost) {
            lost += cost;
            differing += Math.abs(cost);
        }

        boolean isSmall() {
            return lost + Math.sqrt(differing) <= LOSS * count;
        }
    }
}
