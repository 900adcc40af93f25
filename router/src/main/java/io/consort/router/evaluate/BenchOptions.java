package io.consort.router.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the router's benchmark was asked for.
 *
 * @param examples that training is timed on
 * @param data folders of labelled sets
 * @param catalog of the starter experts
 */
record BenchOptions(
        boolean json, int rounds, int examples, List<Path> data, Optional<Path> catalog) {

    static final String USAGE =
            """
            consort bench router [--json] [--rounds N] [--examples N] [--data DIR]... [--catalog FILE]

            Times the two steps of routing, one query at a time, on prompts of 20 to 200 words that
            were not seen before: quick (word pieces and words), network (the embedding model), pair
            (quick, and the network where quick is not sure). Also times the training of a classifier.

              --rounds N      queries per prompt length, 200 by default
              --examples N    examples to train on, 5000 by default
              --data DIR      also trains on DIR/train.jsonl.gz and reports on DIR/test.jsonl.gz; a
                              JSON object per line with "text", "domain" and "intent"
              --catalog FILE  also asks the starter experts' router in other wordings and languages;
                              FILE is experts/starter/catalog.yaml
              --json          prints JSON instead of tables
            """;

    /**
     * The options in these arguments.
     *
     * @throws IllegalArgumentException naming the one that makes no sense, and the remedy
     */
    static BenchOptions of(String[] args) {
        boolean json = false;
        int rounds = 200;
        int examples = 5_000;
        List<Path> data = new ArrayList<>();
        Optional<Path> catalog = Optional.empty();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--json" -> json = true;
                case "--rounds" -> rounds = number(args, ++i);
                case "--examples" -> examples = number(args, ++i);
                case "--data" -> data.add(path(args, ++i));
                case "--catalog" -> catalog = Optional.of(path(args, ++i));
                default ->
                        throw new IllegalArgumentException(
                                "`%s` is not an option of this benchmark%n%n%s"
                                        .formatted(args[i], USAGE));
            }
        }
        return new BenchOptions(json, rounds, Math.max(10, examples), List.copyOf(data), catalog);
    }

    private static int number(String[] args, int place) {
        if (place == args.length || !args[place].matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException(
                    "`%s` needs a number from 1 to 9999999".formatted(args[place - 1]));
        }
        return Integer.parseInt(args[place]);
    }

    private static Path path(String[] args, int place) {
        if (place == args.length) {
            throw new IllegalArgumentException("`%s` needs a path".formatted(args[place - 1]));
        }
        return Path.of(args[place]);
    }
}
