package io.consort.router.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.experts.Catalog;
import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.router.Router;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGeneratorFactory;

/** What routing costs on this machine, and how good it is: {@code consort bench router}. */
public final class RouterBench {

    /** What was found; parts that were not asked for are empty. */
    private record Found(
            int examples,
            double trainingWithEmbeddings,
            double training,
            double trainingWider,
            RoutingTimes times,
            List<SetQuality> sets,
            Optional<Steadiness> steadiness) {}

    private final Embedder embedder;
    private final BenchOptions options;
    private final PrintStream err;
    private final BenchPrompts prompts =
            new BenchPrompts(RandomGeneratorFactory.of("L64X128MixRandom").create(1));

    private RouterBench(Embedder embedder, BenchOptions options, PrintStream err) {
        this.embedder = embedder;
        this.options = options;
        this.err = err;
    }

    /**
     * Runs the benchmark.
     *
     * @param args without the name of the benchmark
     * @param out gets the figures
     * @param err gets progress and complaints
     * @return 0 when the figures were printed, 1 when a file cannot be read, 2 for arguments that
     *     make no sense
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        if (List.of(args).contains("--help")) {
            out.print(BenchOptions.USAGE);
            return 0;
        }
        BenchOptions options;
        try {
            options = BenchOptions.of(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
        err.println("loading the embedder");
        try (Embedder embedder = MiniLmEmbedder.open(1)) {
            Found found = new RouterBench(embedder, options, err).measure();
            out.print(options.json() ? json(found) : table(found));
            return 0;
        } catch (IOException | CatalogFileException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private Found measure() throws IOException, CatalogFileException {
        Path folder = Files.createTempDirectory("consort-bench-router");
        try {
            Catalog catalog = prompts.catalog(options.examples());
            Catalog wider = prompts.wider(catalog, Math.max(1, options.examples() / 20));
            Path kept = folder.resolve("classifiers");
            err.printf("training on %d examples%n", options.examples());
            double first = train(catalog, kept);
            forgetClassifiers(kept);
            double second = train(catalog, kept);
            double third = train(wider, kept);
            Classifier classifier =
                    new ClassifierStore(kept, embedder).classifier(catalog).orElseThrow();
            err.printf("%d rounds of every length%n", options.rounds());
            RoutingTimes times = RoutingTimes.of(classifier, embedder, prompts, options.rounds());
            return new Found(
                    options.examples(),
                    first,
                    second,
                    third,
                    times,
                    sets(folder),
                    steadiness(folder));
        } finally {
            delete(folder);
        }
    }

    /** Seconds that a new classifier takes; embeddings that the folder keeps cost nothing. */
    private double train(Catalog catalog, Path folder) {
        long begin = System.nanoTime();
        var _ = new ClassifierStore(folder, embedder).classifier(catalog);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void forgetClassifiers(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "classifier-*")) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private List<SetQuality> sets(Path folder) throws IOException {
        List<SetQuality> sets = new ArrayList<>();
        for (Path data : options.data()) {
            for (String label : List.of("domain", "intent")) {
                if (LabelledFolder.catalog(LabelledFolder.read(data, "train", label))
                                .categories()
                                .size()
                        > 1) {
                    err.printf("%s by %s%n", data, label);
                    sets.add(SetQuality.of(data, label, embedder, folder.resolve("sets")));
                }
            }
        }
        return sets;
    }

    private Optional<Steadiness> steadiness(Path folder) throws CatalogFileException {
        if (options.catalog().isEmpty()) {
            return Optional.empty();
        }
        err.println("asking in other wordings and languages");
        Catalog starters = CatalogFile.read(options.catalog().get(), Map.of());
        return Optional.of(
                Steadiness.of(Router.open(starters, embedder, folder.resolve("starters"))));
    }

    private static String table(Found found) {
        StringBuilder text = new StringBuilder(found.times().text());
        text.append(
                String.format(
                        Locale.ROOT,
                        "training on %d examples: %.2f s; embedded before: %.2f s; after a category of"
                                + " %d more: %.2f s%n",
                        found.examples(),
                        found.trainingWithEmbeddings(),
                        found.training(),
                        Math.max(1, found.examples() / 20),
                        found.trainingWider()));
        found.sets().forEach(set -> text.append(set.text()));
        found.steadiness().ifPresent(steadiness -> text.append(steadiness.text()));
        return text.toString();
    }

    private static String json(Found found) throws IOException {
        ObjectMapper mapper = FigureJson.mapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("benchmark", "router");
        root.put("training_examples", found.examples());
        root.put("training_with_embeddings_s", found.trainingWithEmbeddings());
        root.put("training_s", found.training());
        root.put("training_wider_s", found.trainingWider());
        root.setAll((ObjectNode) mapper.valueToTree(found.times()));
        root.set("sets", mapper.valueToTree(found.sets()));
        found.steadiness()
                .ifPresent(steadiness -> root.set("steadiness", mapper.valueToTree(steadiness)));
        return mapper.writeValueAsString(root) + System.lineSeparator();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
                for (Path child : children) {
                    delete(child);
                }
            }
        }
        Files.delete(folder);
    }
}
