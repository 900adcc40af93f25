package io.consort.router.classify;

import io.consort.experts.Catalog;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.EmbedderBusyException;
import io.consort.router.signal.QuickEmbedder;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Trained classifiers in a folder, each under the hash of what it was trained on. Thread-safe; the
 * folder may be shared by catalogs, and may be emptied at any time.
 */
public final class ClassifierStore {

    private static final System.Logger LOG = System.getLogger(ClassifierStore.class.getName());
    private static final int IN_FLIGHT = 64;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Path folder;
    private final Embedder embedder;
    private final String embedderIds;

    /**
     * @param folder made when the first classifier is stored
     * @param embedder stays the caller's
     */
    public ClassifierStore(Path folder, Embedder embedder) {
        this.folder = folder;
        this.embedder = embedder.brief();
        this.embedderIds =
                this.embedder.id() + embedder.quick().map(quick -> "+" + quick.id()).orElse("");
    }

    /**
     * The classifier for the catalog's examples: the stored one, or a new one that is then stored.
     * Blocks while it reads or trains. A stored one that cannot be used is replaced, and a folder
     * that cannot be written to only costs the training at the next start; both are logged.
     *
     * @return empty when no category has examples
     */
    public Optional<Classifier> classifier(Catalog catalog) {
        TrainingSet set = TrainingSet.of(catalog);
        if (set.categories().isEmpty()) {
            return Optional.empty();
        }
        String hash = set.hash(embedderIds, Trainer.VERSION);
        Path file = folder.resolve("classifier-%s.json".formatted(hash.substring(0, 16)));
        if (Files.exists(file)) {
            try {
                return Optional.of(ClassifierArtefact.read(file, hash));
            } catch (IOException e) {
                LOG.log(
                        Level.WARNING,
                        "The classifier in {0} is trained again: {1}",
                        file,
                        e.getMessage());
            }
        }
        Classifier classifier = train(set);
        store(classifier, hash, file);
        return Optional.of(classifier);
    }

    private Classifier train(TrainingSet set) {
        LOG.log(
                Level.INFO,
                "Learning to route from {0} examples; this takes some seconds, once",
                set.examples().size());
        long begin = System.nanoTime();
        List<Words> words =
                set.examples().stream().map(example -> Words.of(example.text())).toList();
        List<Features> thorough = features(embed(set), words);
        Optional<List<Features>> quick = embedder.quick().map(rough -> glance(set, rough, words));
        long embedded = System.nanoTime();
        Classifier classifier = Trainer.train(set, thorough, quick);
        LOG.log(
                Level.INFO,
                "Trained a classifier for {0} categories on {1} examples: {2} s for their"
                        + " embeddings, {3} s for the training",
                set.categories().size(),
                set.examples().size(),
                seconds(embedded - begin),
                seconds(System.nanoTime() - embedded));
        return classifier;
    }

    private static List<Features> features(List<float[]> embeddings, List<Words> words) {
        return IntStream.range(0, words.size())
                .mapToObj(i -> new Features(embeddings.get(i), words.get(i)))
                .toList();
    }

    private static List<Features> glance(
            TrainingSet set, QuickEmbedder embedder, List<Words> words) {
        return features(
                set.examples().stream().map(example -> embedder.embed(example.text())).toList(),
                words);
    }

    private void store(Classifier classifier, String hash, Path file) {
        try {
            ClassifierArtefact.of(classifier, hash, embedderIds, List.of()).write(file);
        } catch (IOException e) {
            LOG.log(
                    Level.WARNING,
                    "The classifier cannot be stored in {0} and will be trained again at the next"
                            + " start: {1}",
                    file,
                    e.toString());
        }
    }

    private List<float[]> embed(TrainingSet set) {
        List<float[]> embeddings = new ArrayList<>(set.examples().size());
        Deque<CompletableFuture<float[]>> pending = new ArrayDeque<>(IN_FLIGHT);
        for (TrainingSet.Example example : set.examples()) {
            if (pending.size() == IN_FLIGHT) {
                embeddings.add(pending.removeFirst().join());
            }
            pending.addLast(embed(example.text()));
        }
        while (!pending.isEmpty()) {
            embeddings.add(pending.removeFirst().join());
        }
        return embeddings;
    }

    /** Waits for room where queries keep the embedder busy. */
    private CompletableFuture<float[]> embed(String text) {
        while (true) {
            CompletableFuture<float[]> embedding = embedder.embed(text).toCompletableFuture();
            if (!isBusy(embedding)) {
                return embedding;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static boolean isBusy(CompletableFuture<float[]> embedding) {
        if (!embedding.isCompletedExceptionally()) {
            return false;
        }
        Throwable failure = embedding.exceptionNow();
        return failure instanceof EmbedderBusyException
                || (failure instanceof CompletionException
                        && failure.getCause() instanceof EmbedderBusyException);
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
    }
}
