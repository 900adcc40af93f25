package io.consort.router.outcomes;

import java.util.Arrays;

/**
 * What the models of a set cost, in the best figure that is known of all of them: recorded USD, else
 * list prices, else active parameters.
 *
 * @param expected per model, of a thousand requests
 */
record Costs(Basis basis, double[] expected) {

    /** What a cost is counted in. */
    enum Basis {
        RECORDED("USD per 1,000 requests"),
        /** As if each request had 1,000 tokens written. */
        LIST_PRICE("USD per million tokens"),
        ACTIVE_PARAMETERS("active parameters, billions"),
        NONE("unknown");

        private final String unit;

        Basis(String unit) {
            this.unit = unit;
        }

        String unit() {
            return unit;
        }
    }

    /** The costs of a set. */
    static Costs of(OutcomeSet set) {
        double[] recorded = recorded(set);
        if (known(recorded) && set.test().stream().allMatch(Costs::recorded)) {
            return new Costs(Basis.RECORDED, recorded);
        }
        double[] prices = set.models().stream().mapToDouble(ModelFacts::usdPerMtokOut).toArray();
        if (known(prices)) {
            return new Costs(Basis.LIST_PRICE, prices);
        }
        double[] sizes = set.models().stream().mapToDouble(ModelFacts::activeParamsB).toArray();
        return known(sizes)
                ? new Costs(Basis.ACTIVE_PARAMETERS, sizes)
                : new Costs(Basis.NONE, sizes);
    }

    boolean isKnown() {
        return basis != Basis.NONE;
    }

    /** What a thousand prompts such as this one cost with a model. */
    double of(RecordedPrompt prompt, int model) {
        return basis == Basis.RECORDED ? 1_000 * prompt.costs()[model] : expected[model];
    }

    /** The mean recorded cost of a thousand requests per model; NaN where none is recorded. */
    private static double[] recorded(OutcomeSet set) {
        double[] sum = new double[set.models().size()];
        int[] count = new int[sum.length];
        for (RecordedPrompt prompt : set.train()) {
            for (int m = 0; m < sum.length; m++) {
                if (prompt.asked(m) && !Double.isNaN(prompt.costs()[m])) {
                    sum[m] += 1_000 * prompt.costs()[m];
                    count[m]++;
                }
            }
        }
        for (int m = 0; m < sum.length; m++) {
            sum[m] = count[m] == 0 ? Double.NaN : sum[m] / count[m];
        }
        return sum;
    }

    private static boolean recorded(RecordedPrompt prompt) {
        for (int m = 0; m < prompt.scores().length; m++) {
            if (prompt.asked(m) && Double.isNaN(prompt.costs()[m])) {
                return false;
            }
        }
        return true;
    }

    private static boolean known(double[] figures) {
        return Arrays.stream(figures).noneMatch(Double::isNaN);
    }
}
