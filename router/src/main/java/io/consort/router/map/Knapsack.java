package io.consort.router.map;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses an open expert per category within budgets on means: the multiple-choice knapsack. Goes
 * through the categories and keeps every partial choice that no other one beats in value and uses
 * and that the relaxation still lets win (Nemhauser and Ullmann 1969, with bounds).
 */
final class Knapsack {

    private static final int MOST_PARTIALS = 300_000;
    private static final int COMPARED = 200;

    private final Instance instance;
    private final boolean[] open;
    private final Relaxation relaxation;
    private final Incumbent best;
    private final Deadline deadline;
    private final int[] order;
    private final int[] easy;
    private final int budgets;

    /** What the categories from a place in the order on add at most, and when chosen greedily. */
    private final double[] restReduced;

    private final double[] restValue;

    /** [k][place] */
    private final double[][] restUse;

    private final double[][] restLeast;

    /** The first categories decided. */
    private record Partial(
            double value, double reduced, double[] uses, int expert, @Nullable Partial before) {}

    Knapsack(
            Instance instance,
            boolean[] open,
            Relaxation relaxation,
            Incumbent best,
            Deadline deadline) {
        this.instance = instance;
        this.open = open;
        this.relaxation = relaxation;
        this.best = best;
        this.deadline = deadline;
        this.easy = relaxation.choice(open);
        this.budgets = instance.meanLimit().length;
        int categories = instance.categories();
        this.order =
                IntStream.range(0, categories)
                        .boxed()
                        .sorted(Comparator.comparingDouble(c -> -spread(c)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        this.restReduced = new double[categories + 1];
        this.restValue = new double[categories + 1];
        this.restUse = new double[budgets][categories + 1];
        this.restLeast = new double[budgets][categories + 1];
        for (int place = categories - 1; place >= 0; place--) {
            sumUp(place);
        }
    }

    /** Offers the best choice; where there are too many partial ones, says what was left out. */
    void solve() {
        List<Partial> partials = List.of(new Partial(0, 0, new double[budgets], -1, null));
        for (int place = 0; place < order.length && !partials.isEmpty(); place++) {
            List<Partial> next = new ArrayList<>();
            for (Partial partial : partials) {
                extend(partial, place, next);
            }
            partials = undominated(next);
            if (partials.size() > MOST_PARTIALS || (deadline.passed() && place > 0)) {
                partials = fewer(partials, place + 1);
            }
        }
    }

    private void extend(Partial partial, int place, List<Partial> next) {
        int c = order[place];
        for (int e = 0; e < open.length; e++) {
            double value = instance.value()[c][e];
            if (!open[e] || value == Double.NEGATIVE_INFINITY) {
                continue;
            }
            double reduced = partial.reduced + relaxation.reduced()[c][e];
            if (best.covers(bound(reduced, place + 1))) {
                continue;
            }
            double[] uses = partial.uses.clone();
            boolean possible = true;
            boolean easyFits = true;
            for (int k = 0; k < budgets; k++) {
                uses[k] += instance.mean()[k][c][e];
                double limit = instance.meanLimit()[k] + Instance.SLACK;
                possible &= uses[k] + restLeast[k][place + 1] <= limit;
                easyFits &= uses[k] + restUse[k][place + 1] <= limit;
            }
            if (possible) {
                Partial extended = new Partial(partial.value + value, reduced, uses, e, partial);
                next.add(extended);
                if (easyFits) {
                    best.offer(completed(extended, place), extended.value + restValue[place + 1]);
                }
            }
        }
    }

    private double bound(double reduced, int place) {
        return reduced + restReduced[place] + relaxation.allowance();
    }

    /** The partial choice, and greedily chosen experts for the categories after this place. */
    private int[] completed(Partial partial, int place) {
        int[] choice = easy.clone();
        Partial at = partial;
        for (int i = place; i >= 0 && at != null; i--) {
            choice[order[i]] = at.expert;
            at = at.before;
        }
        return choice;
    }

    private List<Partial> undominated(List<Partial> partials) {
        partials.sort(
                Comparator.comparingDouble((Partial partial) -> -partial.value)
                        .thenComparingDouble(partial -> sum(partial.uses)));
        List<Partial> kept = new ArrayList<>();
        for (Partial partial : partials) {
            boolean beaten = false;
            int from = budgets == 1 ? Math.max(0, kept.size() - 1) : 0;
            int to = Math.min(kept.size(), from + COMPARED);
            for (int i = from; i < to && !beaten; i++) {
                beaten = noMore(kept.get(i).uses, partial.uses);
            }
            if (!beaten) {
                kept.add(partial);
            }
        }
        return kept;
    }

    private List<Partial> fewer(List<Partial> partials, int place) {
        int kept = deadline.passed() ? 1 : MOST_PARTIALS / 2;
        partials.sort(Comparator.comparingDouble(partial -> -partial.reduced));
        if (partials.size() > kept) {
            best.skip(bound(partials.get(kept).reduced, place));
        }
        return new ArrayList<>(partials.subList(0, Math.min(kept, partials.size())));
    }

    private void sumUp(int place) {
        int c = order[place];
        double[] reduced = relaxation.reduced()[c];
        restReduced[place] = restReduced[place + 1] + reduced[easy[c]];
        restValue[place] = restValue[place + 1] + instance.value()[c][easy[c]];
        for (int k = 0; k < budgets; k++) {
            double[] uses = instance.mean()[k][c];
            double least = Double.POSITIVE_INFINITY;
            for (int e = 0; e < open.length; e++) {
                if (open[e] && reduced[e] != Double.NEGATIVE_INFINITY) {
                    least = Math.min(least, uses[e]);
                }
            }
            restUse[k][place] = restUse[k][place + 1] + uses[easy[c]];
            restLeast[k][place] = restLeast[k][place + 1] + least;
        }
    }

    /** How much the choice for a category can matter. */
    private double spread(int c) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int e = 0; e < open.length; e++) {
            double value = relaxation.reduced()[c][e];
            if (open[e] && value != Double.NEGATIVE_INFINITY) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return high - low;
    }

    private static boolean noMore(double[] uses, double[] others) {
        for (int k = 0; k < uses.length; k++) {
            if (uses[k] > others[k]) {
                return false;
            }
        }
        return true;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
