package io.consort.router.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.experts.Catalog;
import io.consort.experts.PolicySettings;
import io.consort.experts.chat.Message;
import io.consort.router.Router;
import io.consort.router.classify.Classifier;
import io.consort.router.classify.ClassifierStore;
import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What routing costs on this machine: {@code consort bench router}. */
public final class RouterBench {

    private static final String USAGE =
            """
            consort bench router [--json] [--rounds N]

            Times the router's steps, one query at a time, on prompts that were not seen before:
            embed (text to embedding), classify (embedding to category), decide (conversation to
            decision, all steps together). Also times the training of a classifier.

              --rounds N   queries per prompt length, 200 by default
              --json       prints JSON instead of a table
            """;

    private static final List<Integer> PROMPT_WORDS = List.of(20, 200, 30_000);
    private static final int EXAMPLES = 400;
    private static final int WARM_UP = 50;

    /** One step at one prompt length, in microseconds. */
    private record Timing(int words, String step, double median, double p99) {}

    private final Embedder embedder;
    private final int rounds;
    private final PrintStream err;
    private final BenchPrompts prompts;

    private RouterBench(Embedder embedder, int rounds, PrintStream err) {
        this.embedder = embedder;
        this.rounds = rounds;
        this.err = err;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        this.prompts = new BenchPrompts(random);
    }

    /**
     * Runs the benchmark.
     *
     * @param args without the name of the benchmark
     * @param out gets the figures
     * @param err gets progress and complaints
     * @return 0 when the figures were printed, 2 for arguments that make no sense
     */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        boolean json = false;
        int rounds = 200;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = true;
                case "--help" -> {
                    out.print(USAGE);
                    return 0;
                }
                case "--rounds" -> {
                    i++;
                    if (i == args.length || !args[i].matches("[1-9][0-9]{0,6}")) {
                        err.println("`--rounds` needs a number from 1 to 9999999");
                        return 2;
                    }
                    rounds = Integer.parseInt(args[i]);
                }
                default -> {
                    err.printf("`%s` is not an option of this benchmark%n%n%s", args[i], USAGE);
                    return 2;
                }
            }
        }
        err.println("loading the embedder");
        try (Embedder embedder = MiniLmEmbedder.open(1)) {
            new RouterBench(embedder, rounds, err).measure(json, out);
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void measure(boolean json, PrintStream out) throws IOException {
        Path folder = Files.createTempDirectory("consort-bench-router");
        try {
            Catalog catalog = prompts.catalog(EXAMPLES);
            err.printf("training on %d examples%n", EXAMPLES);
            double first = train(catalog, folder.resolve("first"));
            double training = train(catalog, folder.resolve("second"));
            Router router = Router.open(catalog, embedder, folder.resolve("second"));
            Classifier classifier =
                    new ClassifierStore(folder.resolve("second"), embedder)
                            .classifier(catalog)
                            .orElseThrow();
            List<Timing> timings = new ArrayList<>();
            for (int words : PROMPT_WORDS) {
                err.printf("%d rounds of %d words%n", rounds, words);
                timings.addAll(steps(words, router, classifier));
            }
            out.print(json ? json(timings, first, training) : table(timings, first, training));
        } finally {
            delete(folder);
        }
    }

    /** Seconds that a new classifier takes; embeddings of examples seen before cost nothing. */
    private double train(Catalog catalog, Path folder) {
        long begin = System.nanoTime();
        var _ = new ClassifierStore(folder, embedder).classifier(catalog);
        return (System.nanoTime() - begin) / 1e9;
    }

    private List<Timing> steps(int words, Router router, Classifier classifier) {
        PolicySettings policy = router.policy(PolicySettings.DEFAULT_ID).orElseThrow();
        double[] embed = new double[rounds];
        double[] classify = new double[rounds];
        double[] decide = new double[rounds];
        for (int round = -Math.min(WARM_UP, rounds); round < rounds; round++) {
            String text = prompts.prompt(words);
            List<Message> messages = List.of(new Message("user", prompts.prompt(words)));
            long begin = System.nanoTime();
            float[] embedding = embedder.embed(text).toCompletableFuture().join();
            long embedded = System.nanoTime();
            classifier.classify(text, embedding);
            long classified = System.nanoTime();
            router.decide(policy, messages).toCompletableFuture().join();
            long decided = System.nanoTime();
            if (round >= 0) {
                embed[round] = (embedded - begin) / 1e3;
                classify[round] = (classified - embedded) / 1e3;
                decide[round] = (decided - classified) / 1e3;
            }
        }
        return List.of(
                timing(words, "embed", embed),
                timing(words, "classify", classify),
                timing(words, "decide", decide));
    }

    private static Timing timing(int words, String step, double[] micros) {
        Arrays.sort(micros);
        return new Timing(
                words,
                step,
                micros[micros.length / 2],
                micros[Math.min(micros.length - 1, (int) (micros.length * 0.99))]);
    }

    private static String table(List<Timing> timings, double first, double training) {
        StringJoiner lines = new StringJoiner(System.lineSeparator(), "", System.lineSeparator());
        lines.add("   words  step           p50 us     p99 us");
        for (Timing t : timings) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%8d  %-9s %10.0f %10.0f",
                            t.words(),
                            t.step(),
                            t.median(),
                            t.p99()));
        }
        lines.add(
                String.format(
                        Locale.ROOT,
                        "training on %d examples: %.2f s, of which %.2f s without embedding them",
                        EXAMPLES,
                        first,
                        training));
        return lines.toString();
    }

    private static String json(List<Timing> timings, double first, double training)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("benchmark", "router");
        root.put("training_examples", EXAMPLES);
        root.put("training_with_embeddings_s", first);
        root.put("training_s", training);
        ArrayNode rows = root.putArray("rows");
        for (Timing t : timings) {
            rows.addObject()
                    .put("words", t.words())
                    .put("step", t.step())
                    .put("p50_us", t.median())
                    .put("p99_us", t.p99());
        }
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
