package io.consort.router.map;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Looks at every set of experts that can be hosted together and is not part of a larger one, leaves
 * out what cannot beat the best so far, and solves the choice per category within each exactly.
 */
final class Enumeration implements MapSolver {

    /** Up to here the sets, at most two to this power, are few enough. */
    static final int MOST_EXPERTS = 20;

    @Override
    public Solution solve(Instance instance, Deadline deadline) {
        return new Search(instance, deadline).solve();
    }

    private static final class Search {
        private final Instance instance;
        private final Deadline deadline;
        private final Incumbent best = new Incumbent();
        private final int[] order;
        private final Relaxation relaxation;

        Search(Instance instance, Deadline deadline) {
            this.instance = instance;
            this.deadline = deadline;
            this.relaxation = new Relaxation(instance, new double[instance.meanLimit().length]);
            this.order =
                    IntStream.range(0, instance.experts())
                            .boxed()
                            .sorted(Comparator.comparingDouble(e -> -worth(instance, e)))
                            .mapToInt(Integer::intValue)
                            .toArray();
        }

        Solution solve() {
            boolean[] all = new boolean[order.length];
            Arrays.fill(all, true);
            relaxation.tighten(all);
            visit(0, all, new double[instance.hosted().length]);
            return best.solution();
        }

        /**
         * Looks at the sets of open experts that contain all those decided.
         *
         * @param next in the order, the first expert that is not decided
         * @param used of each budget on a sum, by the open experts before that
         */
        private void visit(int next, boolean[] open, double[] used) {
            double bound = relaxation.bound(open);
            if (best.covers(bound)) {
                return;
            }
            if (deadline.passed()) {
                best.skip(bound);
                return;
            }
            if (allFit(next, open, used)) {
                if (isLargest(open)) {
                    inside(open);
                }
                return;
            }
            int expert = order[next];
            if (fits(expert, used)) {
                visit(next + 1, open, plus(used, expert));
            }
            open[expert] = false;
            visit(next + 1, open, used);
            open[expert] = true;
        }

        /** Chooses per category within one set. */
        private void inside(boolean[] open) {
            Relaxation own = new Relaxation(instance, relaxation.prices());
            double bound = own.tighten(open);
            if (!best.covers(bound)) {
                new Knapsack(instance, open, own, best, deadline).solve();
            }
        }

        private boolean allFit(int next, boolean[] open, double[] used) {
            double[] total = used;
            for (int i = next; i < order.length; i++) {
                if (open[order[i]]) {
                    total = plus(total, order[i]);
                }
            }
            return within(total);
        }

        /** Whether no further expert would fit: the larger set is looked at in its own turn. */
        private boolean isLargest(boolean[] open) {
            double[] used = new double[instance.hosted().length];
            for (int e = 0; e < open.length; e++) {
                if (open[e]) {
                    used = plus(used, e);
                }
            }
            for (int e = 0; e < open.length; e++) {
                if (!open[e] && fits(e, used)) {
                    return false;
                }
            }
            return true;
        }

        private boolean fits(int expert, double[] used) {
            return within(plus(used, expert));
        }

        private boolean within(double[] used) {
            for (int k = 0; k < used.length; k++) {
                if (used[k] > instance.hostedLimit()[k] + Instance.SLACK) {
                    return false;
                }
            }
            return true;
        }

        private double[] plus(double[] used, int expert) {
            double[] sum = used.clone();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += instance.hosted()[k][expert];
            }
            return sum;
        }

        private static double worth(Instance instance, int expert) {
            double worth = 0;
            for (double[] row : instance.value()) {
                worth += Math.max(-1, row[expert]);
            }
            return worth;
        }
    }
}
