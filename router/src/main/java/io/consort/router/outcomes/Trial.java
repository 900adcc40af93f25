package io.consort.router.outcomes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A policy that has learned, and what it expects.
 *
 * @param forecast of new queries
 * @param expected of the test queries
 * @param outOfFold of the training queries, by a policy that had not seen them; computed when asked
 *     for
 */
record Trial(Forecast forecast, double[][] expected, Supplier<double[][]> outOfFold) {

    private static final int RATES = 60;
    private static final double LOWEST = 1e-3;
    private static final double HIGHEST = 10;

    static Trial of(Method method, List<Query> train, List<Query> test) {
        if (method == Method.BLEND) {
            Blend blend = Blend.fit(train);
            return new Trial(
                    blend.forecast(), OutOfFold.expected(blend.forecast(), test), blend::outOfFold);
        }
        return of(method::fit, train, test);
    }

    /** A policy that learns so. */
    static Trial of(Function<List<Query>, Forecast> method, List<Query> train, List<Query> test) {
        Forecast forecast = method.apply(train);
        return new Trial(
                forecast, OutOfFold.expected(forecast, test), () -> OutOfFold.of(train, method));
    }

    /** Rates of price worth trying, the lowest first: 0, and then by steps of a sixth. */
    static List<Double> rates(double[] prices) {
        double most = 0;
        for (double price : prices) {
            most = Math.max(most, price);
        }
        List<Double> rates = new ArrayList<>(List.of(0.0));
        for (int step = 0; step < RATES && most > 0; step++) {
            rates.add(LOWEST * Math.pow(HIGHEST / LOWEST, (double) step / (RATES - 1)) / most);
        }
        return rates;
    }

    /** The cost and score on test at every rate of price. */
    List<Standing.CurvePoint> curve(OutcomeSet set, Costs costs, boolean[] pool) {
        List<Standing.CurvePoint> curve = new ArrayList<>();
        for (double rate : rates(costs.expected())) {
            Rule rule = new Rule(costs.expected(), rate, pool);
            double score = 0;
            double cost = 0;
            for (int i = 0; i < expected.length; i++) {
                RecordedPrompt prompt = set.test().get(i);
                int model = rule.choose(expected[i], prompt);
                score += prompt.scores()[model] / expected.length;
                cost += costs.of(prompt, model) / expected.length;
            }
            curve.add(new Standing.CurvePoint(cost, score));
        }
        return curve;
    }

    /**
     * The rule with the highest rate of price at which the policy still scores more on train than one
     * model alone, by at least two standard errors of the difference; the rate 0 where none does.
     *
     * @param single expectations that choose that model
     */
    Rule thriftiest(OutcomeSet set, Costs costs, boolean[] pool, double[] single) {
        double[][] unseen = outOfFold.get();
        Rule alone = Rule.free(set);
        Rule rule = new Rule(costs.expected(), 0, pool);
        for (double rate : rates(costs.expected()).reversed()) {
            Rule tried = rule.at(rate);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < unseen.length; i++) {
                RecordedPrompt prompt = set.train().get(i);
                double gain =
                        prompt.scores()[tried.choose(unseen[i], prompt)]
                                - prompt.scores()[alone.choose(single, prompt)];
                sum += gain;
                squares += gain * gain;
            }
            if (sum >= 2 * Math.sqrt(squares)) {
                return tried;
            }
        }
        return rule;
    }
}
