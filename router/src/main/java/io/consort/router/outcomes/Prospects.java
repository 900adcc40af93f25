package io.consort.router.outcomes;

import io.consort.experts.PolicySettings.Learned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an outcome set teaches about the models of its pool, for queries that come in one by one. It
 * is fitted on the train part alone, as {@code eval-router} fits it, so that its figures hold here.
 * Immutable and thread-safe.
 */
public final class Prospects {

    private static final float[] UNKNOWN = {};

    private final OutcomeSet set;
    private final List<Query> train;
    private final Trial trial;
    private final double[] overall;

    private Prospects(OutcomeSet set, List<Query> train, Trial trial) {
        this.set = set;
        this.train = train;
        this.trial = trial;
        this.overall = MeanScores.of(train).overall();
    }

    /**
     * The outcome set in a folder.
     *
     * @throws OutcomeSetException when it is none
     */
    public static OutcomeSet read(Path folder) throws IOException {
        return OutcomeFiles.read(folder);
    }

    /** The texts whose embeddings {@link #fit} needs, each once. */
    public static List<String> texts(OutcomeSet set) {
        return set.train().stream().map(RecordedPrompt::text).distinct().toList();
    }

    /**
     * Learns from a set; blocks meanwhile.
     *
     * @param embeddings of the set's {@link #texts}
     */
    public static Prospects fit(
            OutcomeSet set, Learned.Method method, Map<String, float[]> embeddings) {
        List<Query> train =
                set.train().stream()
                        .map(prompt ->
                                Query.of(prompt, embeddings.getOrDefault(prompt.text(), UNKNOWN)))
                        .toList();
        return new Prospects(set, train, Trial.of(method(method), train, List.of()));
    }

    /** The pool's names, in the order of all figures here. */
    public List<String> models() {
        return set.models().stream().map(ModelFacts::name).toList();
    }

    /**
     * The expected score of each model on a query.
     *
     * @param embedding of the text
     */
    public double[] expected(String text, float[] embedding) {
        double[] none = new double[set.models().size()];
        Arrays.fill(none, Double.NaN);
        return trial.forecast()
                .of(Query.of(new RecordedPrompt("", "", text, none, none), embedding));
    }

    /** The mean score of each model; shared, not to be changed. */
    public double[] overall() {
        return overall;
    }

    /**
     * The lowest rate of price, in score per unit, at which the choices on the prompts that were
     * learned from, by expectations that had not seen them, cost no more than a budget on average.
     *
     * @param prices per model
     * @param pool which models may be chosen
     * @param budget at least the lowest price of the pool
     */
    public double rate(double[] prices, boolean[] pool, double budget) {
        double[][] unseen = trial.outOfFold().get();
        return new Rule(prices, 0, pool)
                .lowest(rule -> {
                    double sum = 0;
                    for (int i = 0; i < unseen.length; i++) {
                        sum += prices[rule.choose(unseen[i], train.get(i).prompt())];
                    }
                    return sum <= budget * unseen.length;
                })
                .rate();
    }

    private static Method method(Learned.Method method) {
        return switch (method) {
            case NEIGHBOURS -> Method.NEIGHBOURS;
            case CLUSTERS -> Method.CLUSTERS;
            case LINEAR -> Method.LINEAR;
            case BLEND -> Method.BLEND;
        };
    }
}
