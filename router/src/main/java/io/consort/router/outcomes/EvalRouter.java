package io.consort.router.outcomes;

import io.consort.router.signal.Embedder;
import io.consort.router.signal.minilm.MiniLmEmbedder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How good routing policies are on recorded outcomes: {@code consort eval-router}. */
public final class EvalRouter {

    private static final String USAGE =
            """
            consort eval-router DIR [--policies A,B] [--seed N] [--json]

            Fits routing policies on the train part of an outcome set and reports them on its test
            part, beside the best single model, a random one, the best model per recorded category
            and the best model per prompt. DIR holds models.json and outcomes.jsonl.gz. On a prompt
            only the models that have a score there can be chosen.

              --policies   of mapped, neighbours, clusters, linear, blend; all by default
              --seed N     of the bootstrap for the standard errors, 1 by default
              --json       prints JSON instead of a table
            """;

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private record Settings(Path folder, List<Method> policies, long seed, boolean json) {}

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
        return run(args, out, err, MiniLmEmbedder::open);
    }

    static int run(
            List<String> args, PrintStream out, PrintStream err, Supplier<Embedder> embedders) {
        if (args.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        Settings settings;
        try {
            settings = settings(args);
        } catch (IllegalArgumentException e) {
            err.println("eval-router: " + e.getMessage());
            err.print(USAGE);
            return MISUSED;
        }
        try {
            OutcomeSet set = OutcomeFiles.read(settings.folder());
            if (set.unscored() > 0) {
                err.printf("%d prompts without any score are left out%n", set.unscored());
            }
            List<Standing> rows = standings(set, settings, err, embedders);
            out.print(
                    settings.json()
                            ? StandingsText.json(set, rows)
                            : StandingsText.table(set, rows));
            return 0;
        } catch (IOException e) {
            err.println("eval-router: " + e.getMessage());
            return FAILED;
        }
    }

    private static List<Standing> standings(
            OutcomeSet set, Settings settings, PrintStream err, Supplier<Embedder> embedders) {
        Comparison comparison;
        try (Embedder embedder = embedders.get()) {
            Embeddings embeddings = Embeddings.of(set, embedder, err);
            comparison =
                    new Comparison(
                            set,
                            embeddings.queries(set.train()),
                            embeddings.queries(set.test()),
                            embeddings.msPerText(),
                            settings.seed());
        }
        List<Standing> rows = new ArrayList<>(comparison.references());
        for (Method method : settings.policies()) {
            err.printf("fitting %s%n", method.label());
            rows.add(comparison.policy(method));
        }
        return rows;
    }

    private static Settings settings(List<String> args) {
        Optional<Path> folder = Optional.empty();
        List<Method> policies = List.of(Method.values());
        long seed = 1;
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--seed" -> seed = number(value(argument, rest));
                case "--policies" ->
                        policies =
                                Arrays.stream(value(argument, rest).split(",", -1))
                                        .map(Method::named)
                                        .distinct()
                                        .toList();
                default -> {
                    if (argument.startsWith("-") || folder.isPresent()) {
                        throw new IllegalArgumentException("what is '%s'?".formatted(argument));
                    }
                    folder = Optional.of(Path.of(argument));
                }
            }
        }
        return new Settings(
                folder.orElseThrow(() -> new IllegalArgumentException("which DIR?")),
                policies,
                seed,
                json);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--seed needs a whole number, not '%s'".formatted(text), e);
        }
    }
}
