package io.consort.router.evaluate;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.router.classify.Classification;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.classify.Growth;
import io.consort.router.classify.TrainingReport;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How well a classifier places queries that it did not learn from: cross-validation of the whole
 * training, abstention included.
 */
public final class Rehearsal {

    private static final long PAUSE_NANOS = 20_000_000;

    private final Catalog catalog;
    private final Embedder embedder;
    private final int folds;

    private Rehearsal(Catalog catalog, Embedder embedder, int folds) {
        this.catalog = catalog;
        this.embedder = embedder;
        this.folds = folds;
    }

    /**
     * Judges the catalog's examples; blocks meanwhile. A repeated example counts once.
     *
     * @param folds 2 or more; each is classified by a classifier that learned from the others
     * @param progress told how many folds are done
     */
    public static Report of(Catalog catalog, Embedder embedder, int folds, IntConsumer progress) {
        Rehearsal rehearsal = new Rehearsal(catalog, new Remembered(embedder.brief()), folds);
        rehearsal.embedder.embedAll(texts(catalog));
        List<Outcome> outcomes = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            outcomes.addAll(rehearsal.fold(fold));
            progress.accept(fold + 1);
        }
        return Report.of(outcomes);
    }

    private List<Outcome> fold(int fold) {
        List<LabelledQuestion> heldOut =
                Stream.concat(
                                catalog.categories().stream()
                                        .flatMap(category ->
                                                questions(
                                                        part(category.examples(), fold, true),
                                                        category.id())),
                                questions(part(catalog.otherExamples(), fold, true), Category.NONE))
                        .toList();
        Optional<Classifier> classifier = learned(without(fold));
        return heldOut.stream()
                .map(question -> Outcome.of(question, placed(classifier, question.text()), 0))
                .toList();
    }

    private static List<String> texts(Catalog catalog) {
        return Stream.concat(
                        catalog.categories().stream().flatMap(one -> one.examples().stream()),
                        catalog.otherExamples().stream())
                .toList();
    }

    private static Stream<LabelledQuestion> questions(List<String> texts, String category) {
        return texts.stream().map(text -> new LabelledQuestion(text, category));
    }

    private Catalog without(int fold) {
        return catalog.withExamples(
                catalog.categories().stream()
                        .map(category ->
                                new Category(
                                        category.id(),
                                        category.description(),
                                        part(category.examples(), fold, false)))
                        .toList(),
                part(catalog.otherExamples(), fold, false));
    }

    /** Of distinct texts those of the fold, or all others. */
    private List<String> part(List<String> texts, int fold, boolean inside) {
        List<String> distinct = texts.stream().distinct().toList();
        return IntStream.range(0, distinct.size())
                .filter(i -> (i % folds == fold) == inside)
                .mapToObj(distinct::get)
                .toList();
    }

    /** A training on the catalog's examples, and on prompts without labels, that is not kept. */
    public record Trained(Optional<TrainingReport> report, Optional<Growth> growth) {}

    /** How a training would go; blocks meanwhile. */
    public static Trained train(Catalog catalog, List<String> unlabelled, Embedder embedder) {
        return inPassing(
                embedder,
                store -> {
                    if (unlabelled.isEmpty()) {
                        return new Trained(
                                store.classifier(catalog).map(Classifier::report),
                                Optional.empty());
                    }
                    Growth growth = store.grow(catalog, unlabelled);
                    return new Trained(
                            Optional.of(growth.classifier().report()), Optional.of(growth));
                });
    }

    private Optional<Classifier> learned(Catalog part) {
        return inPassing(embedder, store -> store.classifier(part));
    }

    private static <T> T inPassing(Embedder embedder, Function<ClassifierStore, T> work) {
        try {
            Path folder = Files.createTempDirectory("rehearsal");
            try {
                return work.apply(new ClassifierStore(folder, embedder));
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Classification placed(Optional<Classifier> classifier, String text) {
        return classifier
                .map(known -> known.classify(text, embedded(text)))
                .orElse(Classification.UNKNOWN);
    }

    /** Waits for room where queries keep the embedder busy. */
    private float[] embedded(String text) {
        while (true) {
            try {
                return embedder.embed(text).toCompletableFuture().join();
            } catch (CompletionException failure) {
                if (!(failure.getCause() instanceof EmbedderBusyException)) {
                    throw failure;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
