package io.consort.router.outcomes;

import io.consort.experts.PolicySettings.Learned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an outcome set teaches about the models of its pool, for queries that come in one by one. It
 * is fitted on the train part alone, as {@code eval-router} fits it, so that its figures hold here.
 * Immutable and thread-safe.
 */
public final class Prospects {

    private static final float[] UNKNOWN = {};

    private final OutcomeSet set;
    private final List<Query> train;
    private final Forecast forecast;
    private final double[] overall;

    private Prospects(OutcomeSet set, List<Query> train, Forecast forecast) {
        this.set = set;
        this.train = train;
        this.forecast = forecast;
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
        return new Prospects(set, train, method(method).fit(train));
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
        return forecast.of(Query.of(new RecordedPrompt("", "", text, none, none), embedding));
    }

    /** The mean score of each model; shared, not to be changed. */
    public double[] overall() {
        return overall;
    }

    /** The expected scores on the prompts that were learned from, one by one. */
    public Stream<double[]> onTraining() {
        return train.stream().map(forecast::of);
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
