package io.consort.router.outcomes;

import io.consort.router.map.Frontier;
import io.consort.router.map.Measure;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Judges policies beside the reference routers, all on the same test prompts. */
final class Comparison {

    private final OutcomeSet set;
    private final List<Query> train;
    private final List<Query> test;
    private final Map<String, Double> embeddingMillis;
    private final Bootstrap bootstrap;
    private final Costs costs;
    private final Limits limits;
    private final Map<Method, Trial> trials = new EnumMap<>(Method.class);
    private final List<Standing> rows = new ArrayList<>();
    private final double[] single;

    /** The mean score of each model on train. */
    private final double[] overall;

    /**
     * @param descriptors directions of sentences about the models; empty where there are none
     */
    Comparison(
            OutcomeSet set,
            Embeddings embeddings,
            List<float[]> descriptors,
            Limits limits,
            long seed) {
        if (!descriptors.isEmpty()) {
            trials.put(
                    Method.DESCRIPTOR,
                    Trial.of(
                            queries -> DescriptorForecast.fit(queries, descriptors),
                            embeddings.queries(set.train()),
                            embeddings.queries(set.test())));
        }
        this.set = set;
        this.train = embeddings.queries(set.train());
        this.test = embeddings.queries(set.test());
        this.embeddingMillis = embeddings.millis();
        this.bootstrap = new Bootstrap(seed);
        this.costs = limits.costs();
        this.limits = limits;
        this.overall = MeanScores.of(train).overall();
        Map<String, double[][]> references = References.shares(set, train, test);
        this.single = tally(references.getOrDefault("best-single", new double[0][])).scores();
        references.forEach(
                (name, shares) -> add(name, tally(shares), Double.NaN, Timing.NONE, List.of()));
    }

    /**
     * Fits and judges policies.
     *
     * @param notes is told what is being fitted, and what cannot be
     */
    Findings judge(List<Contender> contenders, Consumer<String> notes) {
        for (Contender contender : contenders) {
            notes.accept("fitting " + contender.label());
            switch (contender) {
                case MAPPED -> mapped();
                case COST_AWARE -> costAware(notes);
                case CASCADE -> cascade(notes);
                case DESCRIPTOR, NEIGHBOURS, CLUSTERS, LINEAR, BLEND ->
                        forecast(contender, trial(contender.method().orElseThrow()));
            }
        }
        return findings();
    }

    private void mapped() {
        if (limits.none()) {
            forecast(Contender.MAPPED, trial(Method.MAPPED));
            return;
        }
        CategoryHead head = CategoryHead.fit(train);
        Map<String, Integer> map = limits.byCategory();
        Rule rule = new Rule(Rule.free(set).prices(), 0, limits.pool());
        Forecast forecast =
                query -> {
                    double[] expected = overall.clone();
                    int model = map.getOrDefault(head.top(query), -1);
                    if (model >= 0) {
                        expected[model] += 1;
                    }
                    return expected;
                };
        double[][] shares = shares(OutOfFold.expected(forecast, test), rule);
        Tally tally = tally(shares);
        add("mapped", tally, Double.NaN, timing(forecast, rule), List.of());
    }

    private void forecast(Contender contender, Trial trial) {
        Rule rule = limits.rule(trial.outOfFold());
        List<Standing.CurvePoint> curve =
                costs.isKnown() ? trial.curve(set, costs, limits.pool()) : List.of();
        add(contender.label(), trial, rule, curve);
    }

    private void costAware(Consumer<String> notes) {
        if (!costs.isKnown()) {
            notes.accept("cost-aware needs costs, prices or sizes of all models: not in this set");
            return;
        }
        Trial trial = trial(Method.BLEND);
        Rule rule =
                limits.limitsMeans()
                        ? limits.rule(trial.outOfFold())
                        : trial.thriftiest(set, costs, limits.pool(), overall);
        add(Contender.COST_AWARE.label(), trial, rule, List.of());
    }

    private void cascade(Consumer<String> notes) {
        int best = Rule.free(set).choose(overall, anyAsked());
        Optional<Cascade> fitted =
                costs.isKnown() ? Cascade.fit(set.train(), costs, best) : Optional.empty();
        if (fitted.isEmpty()) {
            notes.accept(
                    "cascade needs token log-probabilities of a model cheaper than the best single one"
                            + " ('logprobs'): not in this set");
            return;
        }
        Cascade cascade = fitted.get();
        double[][] asked = new double[test.size()][];
        double[][] answered = new double[test.size()][];
        Rule rule = Rule.free(set);
        for (int i = 0; i < asked.length; i++) {
            RecordedPrompt prompt = set.test().get(i);
            boolean keeps = cascade.keeps(prompt);
            double[] wanted = overall.clone();
            wanted[keeps ? cascade.first() : cascade.second()] += 1;
            answered[i] = rule.shares(wanted, prompt);
            asked[i] = answered[i].clone();
            if (!keeps && prompt.asked(cascade.first())) {
                asked[i][cascade.first()] = 1;
            }
        }
        add(
                Contender.CASCADE.label(),
                Tally.of(set, costs, asked, answered),
                Double.NaN,
                Timing.NONE,
                List.of());
    }

    private void add(String name, Trial trial, Rule rule, List<Standing.CurvePoint> curve) {
        double[] predicted = new double[test.size()];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = trial.expected()[i][rule.choose(trial.expected()[i], set.test().get(i))];
        }
        Tally tally = tally(shares(trial.expected(), rule));
        add(
                name,
                tally,
                Calibration.error(predicted, tally.scores()),
                timing(trial.forecast(), rule),
                curve);
    }

    private void add(
            String name,
            Tally tally,
            double calibration,
            Timing timing,
            List<Standing.CurvePoint> curve) {
        double[] gains = Figures.minus(tally.scores(), single);
        rows.add(
                new Standing(
                        name,
                        tally,
                        bootstrap.error(tally.scores()),
                        Figures.mean(gains),
                        bootstrap.error(gains),
                        calibration,
                        timing,
                        curve));
    }

    private Findings findings() {
        CategoryHead head = CategoryHead.fit(train);
        double[] confidences = new double[test.size()];
        double[] right = new double[test.size()];
        for (int i = 0; i < right.length; i++) {
            double[] probabilities = head.probabilities(test.get(i));
            int top = CategoryHead.largest(probabilities);
            confidences[i] = probabilities[top];
            right[i] = head.classOf(test.get(i).prompt().category()) == top ? 1 : 0;
        }
        double[] routed =
                rows.stream()
                        .filter(row -> row.name().equals(Contender.MAPPED.label()))
                        .findFirst()
                        .map(row -> row.tally().scores())
                        .orElse(single);
        Measure measure =
                limits.budgets().limits().keySet().stream()
                        .min(Measure::compareTo)
                        .orElse(Measure.USD_PER_THOUSAND_REQUESTS);
        List<Frontier.Point> tradeoff = SetMap.frontier(set, costs, limits.budgets(), measure);
        return new Findings(
                set,
                costs,
                rows,
                limits,
                measure,
                tradeoff,
                Figures.mean(right),
                Calibration.error(confidences, right),
                Abstention.curve(confidences, right, routed, single));
    }

    private Trial trial(Method method) {
        return trials.computeIfAbsent(method, wanted -> Trial.of(wanted, train, test));
    }

    private double[][] shares(double[][] expected, Rule rule) {
        double[][] shares = new double[expected.length][];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = rule.shares(expected[i], set.test().get(i));
        }
        return shares;
    }

    private Tally tally(double[][] shares) {
        return Tally.of(set, costs, shares, shares);
    }

    /** Decides on the prompts whose embedding was timed, a first time to warm up. */
    private Timing timing(Forecast forecast, Rule rule) {
        List<Query> timed =
                test.stream()
                        .filter(query -> embeddingMillis.containsKey(query.prompt().text()))
                        .toList();
        double[] millis = new double[timed.size()];
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < millis.length; i++) {
                RecordedPrompt prompt = timed.get(i).prompt();
                float[] features = timed.get(i).features();
                long begin = System.nanoTime();
                Query query = Query.again(prompt, features);
                rule.choose(forecast.of(query), prompt);
                millis[i] =
                        (System.nanoTime() - begin) / 1e6
                                + embeddingMillis.getOrDefault(prompt.text(), 0.0);
            }
        }
        return Timing.of(millis);
    }

    /** A prompt on which every model counts as asked. */
    private RecordedPrompt anyAsked() {
        double[] scores = new double[overall.length];
        return new RecordedPrompt("", "", "", scores, scores);
    }
}
