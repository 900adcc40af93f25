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

    /** Area under the receiver operating characteristic that they may lose, one standard error in. */
    private static final double SEPARATION_LOSS = 0.003;

    /** From this many examples of no category on, those alone say what is lost. */
    private static final int ENOUGH = 30;

    private static final int STEPS = 64;
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
     * @param quickNone the quick judge's probability of no category
     * @param thoroughNone the thorough judge's
     */
    private record Trial(
            double confidence,
            int cost,
            boolean unknown,
            boolean real,
            double quickNone,
            double thoroughNone) {}

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
     * less than 0.3 points over all, and over those of no category; and the two together tell
     * queries of no category from others nearly as well as the thorough judge does, which takes more
     * than right decisions: the doubts of both must be on one scale.
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
        return new Trial(
                confidence(quick),
                cost,
                truth.equals(Category.NONE),
                real,
                quick.none(),
                thorough.none());
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
        return separating(best, trials);
    }

    /** The lowest limit from this one on that loses next to nothing of the separation. */
    private static Sureness separating(Sureness least, List<Trial> trials) {
        List<Trial> members = trials.stream().filter(trial -> !trial.unknown()).toList();
        List<Trial> real = trials.stream().filter(t -> t.unknown() && t.real()).toList();
        List<Trial> unknown =
                real.size() >= ENOUGH ? real : trials.stream().filter(Trial::unknown).toList();
        if (unknown.isEmpty() || members.isEmpty() || least.limit() > 1) {
            return least;
        }
        Separation.Doubts alone = doubts(members, unknown, NEVER);
        double[] confidences =
                members.stream()
                        .mapToDouble(Trial::confidence)
                        .filter(confidence -> confidence >= least.limit())
                        .sorted()
                        .toArray();
        for (int step = 0; step < STEPS && confidences.length > 0; step++) {
            double limit = confidences[step * confidences.length / STEPS];
            if (Separation.loss(alone, doubts(members, unknown, limit)) <= SEPARATION_LOSS) {
                long decided =
                        trials.stream().filter(t -> t.real() && t.confidence() >= limit).count();
                long all = trials.stream().filter(Trial::real).count();
                return new Sureness(limit, decided / (double) all);
            }
        }
        return NONE;
    }

    private static Separation.Doubts doubts(
            List<Trial> members, List<Trial> unknown, double limit) {
        return new Separation.Doubts(none(members, limit), none(unknown, limit));
    }

    /** The probabilities of no category that the pair gives where the quick judge has this limit. */
    private static double[] none(List<Trial> trials, double limit) {
        return trials.stream()
                .mapToDouble(trial ->
                        trial.confidence() >= limit ? trial.quickNone() : trial.thoroughNone())
                .toArray();
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
