package io.consort.router.outcomes;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** How good routing policies are on recorded outcomes: {@code consort eval-router}. */
public final class EvalRouter {

    private static final String USAGE =
            """
            consort eval-router DIR [--policies A,B] [--budget NAME=VALUE,...] [--descriptors FILE]
                                    [--seed N] [--json] [--plot FILE.svg]

            Fits routing policies on the train part of an outcome set and reports them on its test
            part, beside the best single model, a random one, the best model per recorded category
            and the best model per prompt. DIR holds models.json and outcomes.jsonl.gz. On a prompt
            only the models that have a score there can be chosen. Where no prompt has a split, 70 %%
            are taken for train, by a hash of their ids.

              --policies   of %s; all by default
              --budget     limits on the models: hosted-parameters, active-parameters,
                           usd-per-thousand-requests, latency or device-bytes, such as
                           hosted-parameters=60B,active-parameters=20B. Where no costs are recorded
                           a request is taken to cost its model's list price for 1,000 tokens.
              --descriptors FILE
                           sentences about the models for the policy descriptor, {"model": "sentence"};
                           without it, training prompts that a model does best on stand for one
              --seed N     of the bootstrap for the standard errors, 1 by default
              --json       prints JSON instead of a table
              --plot FILE  draws score against cost, as SVG
            """
                    .formatted(Contender.labels());

    private static final int FAILED = 1;
    private static final int MISUSED = 2;
    private static final int MOST_WORKERS = 8;

    private EvalRouter() {}

    /** How the command is used. */
    public static String usage() {
        return USAGE;
    }

    /**
     * Runs the command. Blocks.
     *
     * @param args what follows {@code eval-router}
     * @param out for the result
     * @param err for progress and for what went wrong
     * @return the exit code: 0, 1 when the set cannot be evaluated, 2 when the arguments are wrong
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_WORKERS);
        return run(args, out, err, () -> MiniLmEmbedder.open(workers));
    }

    static int run(
            List<String> args, PrintStream out, PrintStream err, Supplier<Embedder> embedders) {
        if (args.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        EvalArguments arguments;
        try {
            arguments = EvalArguments.of(args);
        } catch (IllegalArgumentException e) {
            err.println("eval-router: " + e.getMessage());
            err.print(USAGE);
            return MISUSED;
        }
        try {
            OutcomeSet set = OutcomeFiles.read(arguments.folder());
            if (arguments.plot().isPresent()) {
                FrontierPicture.refuse(set, arguments.plot().get());
            }
            warn(set, err);
            Findings findings = findings(set, arguments, err, embedders);
            out.print(arguments.json() ? FindingsJson.of(findings) : FindingsText.of(findings));
            if (arguments.plot().isPresent()) {
                Files.writeString(arguments.plot().get(), FrontierPicture.svg(findings));
            }
            return 0;
        } catch (IOException e) {
            err.println("eval-router: " + e.getMessage());
            return FAILED;
        }
    }

    private static Findings findings(
            OutcomeSet set, EvalArguments arguments, PrintStream err, Supplier<Embedder> embedders)
            throws IOException {
        Limits limits = Limits.of(set, Costs.of(set), arguments.budgets());
        List<String> sentences =
                arguments.descriptors().isPresent()
                        ? DescriptorFile.read(arguments.descriptors().get(), set.models())
                        : List.of();
        Embeddings embeddings;
        List<float[]> descriptors;
        try (Embedder embedder = embedders.get()) {
            embeddings = Embeddings.of(set, embedder, err);
            descriptors =
                    sentences.stream()
                            .map(text -> embedder.embed(text).toCompletableFuture().join())
                            .toList();
        }
        return new Comparison(set, embeddings, descriptors, limits, arguments.seed())
                .judge(arguments.policies(), err::println);
    }

    private static void warn(OutcomeSet set, PrintStream err) {
        if (set.unscored() > 0) {
            err.printf("%d prompts without any score are left out%n", set.unscored());
        }
        if (set.drawn()) {
            err.printf(
                    "no line has a 'split': %d prompts are taken for train and %d for test, by their ids%n",
                    set.train().size(), set.test().size());
        }
        Set<String> seen = new HashSet<>();
        set.train().forEach(prompt -> seen.add(prompt.text()));
        long again = set.test().stream().filter(prompt -> seen.contains(prompt.text())).count();
        if (again > 0) {
            err.printf("%d test prompts stand in train too; a policy may remember them%n", again);
        }
    }
}
