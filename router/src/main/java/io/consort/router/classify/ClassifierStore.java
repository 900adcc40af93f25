package io.consort.router.classify;

import io.consort.experts.Catalog;
import io.consort.experts.Category;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.KeptEmbeddings;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trained classifiers in a folder, each under the hash of what it was trained on. Thread-safe; the
 * folder may be shared by catalogs, and may be emptied at any time. Keeps the {@value #KEPT} that
 * were stored or read last.
 */
public final class ClassifierStore {

    private static final System.Logger LOG = System.getLogger(ClassifierStore.class.getName());
    private static final int KEPT = 64;

    /** Examples of known categories that a new one is told apart from. */
    private static final int RIVALS = 1_000;

    private final ClassifierFolder folder;
    private final Embedder embedder;
    private final KeptEmbeddings kept;
    private final String embedders;

    /**
     * Opens the store.
     *
     * @param folder made when the first classifier is stored
     * @param embedder stays the caller's
     */
    public ClassifierStore(Path folder, Embedder embedder) {
        this.folder = new ClassifierFolder(folder, KEPT);
        this.embedder = embedder.brief();
        kept = new KeptEmbeddings(folder, this.embedder);
        embedders = this.embedder.id() + embedder.quick().map(quick -> "+" + quick.id()).orElse("");
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
        Optional<Classifier> stored = folder.find(hash(set));
        if (stored.isPresent()) {
            return stored;
        }
        Classifier classifier = train(set);
        store(classifier, set);
        return Optional.of(classifier);
    }

    /**
     * Learns from prompts that nobody labelled, and stores what was learned as the classifier for
     * the catalog's examples; see {@link Growth}. Blocks. Never give it prompts that the classifier
     * will be tested on.
     *
     * @throws IllegalArgumentException when no category has examples
     */
    public Growth grow(Catalog catalog, List<String> prompts) {
        TrainingSet set = TrainingSet.of(catalog);
        if (set.categories().isEmpty()) {
            throw new IllegalArgumentException(
                    "no category of the catalog has examples; add some before prompts without labels");
        }
        Classifier teacher =
                folder.find(hash(set))
                        .filter(known -> known.grown().isEmpty())
                        .orElseGet(() -> train(set));
        ExampleEmbeddings embeddings = ExampleEmbeddings.of(prompts, embedder, embedder::embedAll);
        List<Classification> classifications =
                embeddings.thorough().stream().map(teacher.thorough()::judge).toList();
        List<Grown> grown = Growth.choose(set, prompts, classifications, hash(set));
        if (grown.isEmpty()) {
            store(teacher, set);
            return new Growth(teacher, teacher.report(), teacher.report(), grown, false);
        }
        Classifier pupil = train(set.with(grown));
        boolean kept = pupil.report().accuracy() >= teacher.report().accuracy();
        Classifier better = kept ? pupil.grownFrom(grown) : teacher;
        store(better, set);
        return new Growth(better, teacher.report(), pupil.report(), grown, kept);
    }

    /**
     * The classifier for a catalog with one category more than a known one, made from the known
     * catalog's without training that again; see {@link Extension}. Stored as the wider catalog's.
     * Blocks for the time of embedding the new category's examples and up to {@value #RIVALS}
     * others.
     *
     * @param category of the wider catalog, with at least one example
     * @throws IllegalArgumentException when the category is known already or has no examples
     */
    public Classifier extend(Catalog known, Category category, Catalog wider) {
        TrainingSet set = TrainingSet.of(known);
        List<String> own = category.examples().stream().filter(text -> !text.isBlank()).toList();
        if (own.isEmpty() || set.categories().contains(category.id())) {
            throw new IllegalArgumentException(
                    "category `%s` must be new and have examples".formatted(category.id()));
        }
        Classifier before =
                classifier(known)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the known catalog has no category with examples"));
        List<String> rest = spread(set.texts(), RIVALS);
        ExampleEmbeddings news = ExampleEmbeddings.of(own, embedder, kept::of);
        ExampleEmbeddings olds = ExampleEmbeddings.of(rest, embedder, kept::of);
        Classifier extended =
                Extension.add(
                        before,
                        category.id(),
                        new Extension.Material(news.thorough(), olds.thorough()),
                        news.quick()
                                .map(quick ->
                                        new Extension.Material(
                                                quick, olds.quick().orElse(List.of()))));
        store(extended, TrainingSet.of(wider));
        return extended;
    }

    private Classifier train(TrainingSet set) {
        LOG.log(
                Level.INFO,
                "Learning to route from {0} examples; this takes some seconds, once",
                set.examples().size());
        long begin = System.nanoTime();
        ExampleEmbeddings embeddings = embeddings(set);
        long embedded = System.nanoTime();
        Classifier classifier = Trainer.train(set, embeddings.thorough(), embeddings.quick());
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

    /** Prompts that nobody labelled leave nothing behind but the classifier. */
    private ExampleEmbeddings embeddings(TrainingSet set) {
        return ExampleEmbeddings.of(
                set.texts(),
                embedder,
                texts -> {
                    List<String> labelled =
                            set.examples().stream()
                                    .filter(example -> !example.grown())
                                    .map(TrainingSet.Example::text)
                                    .toList();
                    List<float[]> all = new ArrayList<>(kept.of(labelled));
                    all.addAll(embedder.embedAll(texts.subList(labelled.size(), texts.size())));
                    return all;
                });
    }

    private void store(Classifier classifier, TrainingSet set) {
        folder.store(ClassifierArtefact.of(classifier, hash(set), embedders));
    }

    private String hash(TrainingSet set) {
        return set.hash(embedders, Trainer.VERSION);
    }

    private static List<String> spread(List<String> texts, int count) {
        List<String> some = new ArrayList<>();
        double step = Math.max(1, texts.size() / (double) count);
        for (double place = 0; place < texts.size(); place += step) {
            some.add(texts.get((int) place));
        }
        return some;
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e9);
    }
}
