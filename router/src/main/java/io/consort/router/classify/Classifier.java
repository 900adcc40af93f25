package io.consort.router.classify;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.QuickEmbedder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Tells the category of a query in up to two steps: a quick judge looks at the words and at a rough
 * embedding, and where it is not sure, a thorough judge looks at the words and at the embedder's
 * embedding. Immutable and thread-safe.
 */
public final class Classifier {

    private final Judge thorough;
    private final Optional<Judge> quick;
    private final Sureness sureness;
    private final TrainingReport report;
    private final List<Grown> grown;

    Classifier(
            Judge thorough,
            Optional<Judge> quick,
            Sureness sureness,
            TrainingReport report,
            List<Grown> grown) {
        this.thorough = thorough;
        this.quick = quick;
        this.sureness = sureness;
        this.report = report;
        this.grown = List.copyOf(grown);
    }

    /**
     * What the classifier makes of a query. Does not block; done on return where the quick judge is
     * sure, and fails as the embedder fails otherwise.
     *
     * @param embedder the one whose embeddings the classifier was trained on
     */
    public CompletionStage<Classification> classify(String text, Embedder embedder) {
        Words words = Words.of(text);
        Optional<Classification> sure =
                embedder.quick().flatMap(rough -> glance(text, words, rough));
        if (sure.isPresent()) {
            return CompletableFuture.completedStage(sure.get());
        }
        return embedder.brief()
                .embed(text)
                .thenApply(embedding -> thorough.judge(new Features(embedding, words)));
    }

    /** What the quick judge alone makes of a query, where it is sure. */
    public Optional<Classification> glance(String text, QuickEmbedder embedder) {
        return glance(text, Words.of(text), embedder);
    }

    /**
     * What the quick judge alone makes of a query, sure or not; empty where there is none. Pure
     * computation.
     */
    public Optional<Classification> glanceAnyway(String text, QuickEmbedder embedder) {
        return quick.map(judge -> judge.judge(new Features(embedder.embed(text), Words.of(text))));
    }

    /**
     * What the thorough judge alone makes of a query. Pure computation.
     *
     * @param embedding of the text, of the embedder that made the training examples' embeddings; not
     *     kept
     */
    public Classification classify(String text, float[] embedding) {
        return thorough.judge(new Features(embedding, Words.of(text)));
    }

    /** How the training went. */
    public TrainingReport report() {
        return report;
    }

    /** The examples that nobody had labelled. */
    public List<Grown> grown() {
        return grown;
    }

    /** The same, said to have learned from these. */
    Classifier grownFrom(List<Grown> examples) {
        return new Classifier(thorough, quick, sureness, report, examples);
    }

    Judge thorough() {
        return thorough;
    }

    Optional<Judge> quick() {
        return quick;
    }

    Sureness sureness() {
        return sureness;
    }

    private Optional<Classification> glance(String text, Words words, QuickEmbedder embedder) {
        if (quick.isEmpty() || sureness.limit() > 1) {
            return Optional.empty();
        }
        Classification glanced = quick.get().judge(new Features(embedder.embed(text), words));
        return Sureness.confidence(glanced) >= sureness.limit()
                ? Optional.of(glanced)
                : Optional.empty();
    }
}
