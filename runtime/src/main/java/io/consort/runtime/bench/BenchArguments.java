package io.consort.runtime.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code bench cpu} is asked to do.
 *
 * @param folders checkpoints; made-up ones are measured when there are none
 * @param rounds interleaved rounds, of which medians are reported
 * @param threads threads of the backend
 * @param milliseconds for which each figure of a round is measured
 */
record BenchArguments(List<Path> folders, int rounds, int threads, int milliseconds, boolean json) {

    BenchArguments {
        folders = List.copyOf(folders);
    }

    static BenchArguments parse(List<String> args) {
        List<Path> folders = new ArrayList<>();
        int rounds = 5;
        int threads = Runtime.getRuntime().availableProcessors();
        int milliseconds = 400;
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--json" -> json = true;
                case "--rounds" -> rounds = count(arg, rest);
                case "--milliseconds" -> milliseconds = count(arg, rest);
                case "--threads" -> threads = count(arg, rest);
                default -> {
                    if (arg.startsWith("-")) {
                        throw new IllegalArgumentException(
                                "unknown option `%s`; see --help".formatted(arg));
                    }
                    folders.add(Path.of(arg));
                }
            }
        }
        return new BenchArguments(folders, rounds, threads, milliseconds, json);
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
