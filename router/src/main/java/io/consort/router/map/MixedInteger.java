package io.consort.router.map;

import java.util.Arrays;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;
import org.ojalgo.optimisation.integer.IntegerStrategy;
import org.ojalgo.type.context.NumberContext;

/**
 * The choice as a mixed-integer linear program, solved by ojAlgo: a binary per category and expert,
 * and where hosting is limited one per expert that is hosted.
 */
final class MixedInteger implements MapSolver {

    private static final double WHOLE = 0.5;

    @Override
    public Solution solve(Instance instance, Deadline deadline) {
        return new Program(instance).solve(deadline);
    }

    private static final class Program {
        private final Instance instance;
        private final ExpressionsBasedModel model = new ExpressionsBasedModel();

        /** [c][e] */
        private final Variable[][] chosen;

        /** [e], empty where hosting is not limited. */
        private final Variable[] hosted;

        Program(Instance instance) {
            this.instance = instance;
            chosen = new Variable[instance.categories()][instance.experts()];
            hosted = new Variable[instance.hosted().length == 0 ? 0 : instance.experts()];
            for (int e = 0; e < hosted.length; e++) {
                hosted[e] = model.newVariable("hosted" + e).binary();
            }
            for (int c = 0; c < chosen.length; c++) {
                addCategory(c);
            }
            addBudgets();
        }

        Solution solve(Deadline deadline) {
            for (double[] row : instance.value()) {
                if (Arrays.stream(row).allMatch(value -> value == Double.NEGATIVE_INFINITY)) {
                    return Solution.none();
                }
            }
            long left = Math.max(1, deadline.left().toMillis());
            model.options.time_abort = left;
            model.options.time_suffice = left;
            model.options.integer(
                    IntegerStrategy.DEFAULT.withGapTolerance(NumberContext.of(12, 12)));
            Optimisation.Result result = model.maximise();
            if (!result.getState().isFeasible()) {
                boolean shown = result.getState() == Optimisation.State.INFEASIBLE;
                return new Solution(
                        Optional.empty(),
                        Double.NEGATIVE_INFINITY,
                        shown ? Double.NEGATIVE_INFINITY : unlimited(),
                        shown);
            }
            int[] choice = choice();
            double value = 0;
            for (int c = 0; c < choice.length; c++) {
                value += instance.value()[c][choice[c]];
            }
            boolean proven = result.getState().isOptimal();
            return new Solution(Optional.of(choice), value, proven ? value : unlimited(), proven);
        }

        private void addCategory(int c) {
            Expression one = model.newExpression("category" + c).level(1);
            for (int e = 0; e < chosen[c].length; e++) {
                double value = instance.value()[c][e];
                Variable variable = model.newVariable("chosen" + c + "," + e).binary();
                chosen[c][e] = variable;
                if (value == Double.NEGATIVE_INFINITY) {
                    variable.upper(0);
                    continue;
                }
                variable.weight(value);
                one.set(variable, 1);
                if (hosted.length > 0) {
                    model.newExpression("needs" + c + "," + e)
                            .upper(0)
                            .set(variable, 1)
                            .set(hosted[e], -1);
                }
            }
        }

        private void addBudgets() {
            for (int k = 0; k < instance.hosted().length; k++) {
                Expression sum =
                        model.newExpression("sum" + k)
                                .upper(instance.hostedLimit()[k] + Instance.SLACK);
                for (int e = 0; e < hosted.length; e++) {
                    sum.set(hosted[e], instance.hosted()[k][e]);
                }
            }
            for (int k = 0; k < instance.mean().length; k++) {
                Expression mean =
                        model.newExpression("mean" + k)
                                .upper(instance.meanLimit()[k] + Instance.SLACK);
                for (int c = 0; c < chosen.length; c++) {
                    for (int e = 0; e < chosen[c].length; e++) {
                        mean.set(chosen[c][e], instance.mean()[k][c][e]);
                    }
                }
            }
        }

        private int[] choice() {
            int[] choice = new int[chosen.length];
            for (int c = 0; c < choice.length; c++) {
                for (int e = 0; e < chosen[c].length; e++) {
                    if (chosen[c][e].getValue().doubleValue() > WHOLE) {
                        choice[c] = e;
                    }
                }
            }
            return choice;
        }

        /** What no choice exceeds even without budgets. */
        private double unlimited() {
            double sum = 0;
            for (double[] row : instance.value()) {
                sum += Arrays.stream(row).max().orElse(0);
            }
            return sum;
        }
    }
}
