package io.consort.runtime.bench.load;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench engine} is asked to do.
 *
 * @param models checkpoints that the streams are spread over
 * @param seconds for which the load lasts
 * @param streams answers that are under way at any time
 */
record EngineBenchArguments(
        List<Path> models, int seconds, int streams, int threads, boolean json) {

    EngineBenchArguments {
        models = List.copyOf(models);
    }

    static EngineBenchArguments parse(List<String> args, List<Path> shipped) {
        List<Path> models = shipped;
        int seconds = 60;
        int streams = 64;
        int threads = Runtime.getRuntime().availableProcessors();
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--json" -> json = true;
                case "--seconds" -> seconds = count(arg, rest);
                case "--streams" -> streams = count(arg, rest);
                case "--threads" -> threads = count(arg, rest);
                case "--models" -> models = folders(arg, rest);
                default ->
                        throw new IllegalArgumentException(
                                "unknown option `%s`; see --help".formatted(arg));
            }
        }
        return new EngineBenchArguments(models, seconds, streams, threads, json);
    }

    private static List<Path> folders(String option, Iterator<String> rest) {
        String value = rest.hasNext() ? rest.next() : "";
        List<Path> folders =
                Arrays.stream(value.split(",", -1))
                        .filter(folder -> !folder.isEmpty())
                        .map(Path::of)
                        .toList();
        if (folders.isEmpty()) {
            throw new IllegalArgumentException(
                    "`%s` names no folder; give checkpoints, with commas between"
                            .formatted(option));
        }
        return folders;
    }

    private static int count(String option, Iterator<String> rest) {
        String value = rest.hasNext() ? rest.next() : "";
        if (!value.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "`%s` is \"%s\"; give a number from 1 to 9999".formatted(option, value));
        }
        return Integer.parseInt(value);
    }
}
