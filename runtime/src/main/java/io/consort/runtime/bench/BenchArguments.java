package io.consort.runtime.bench;

import io.consort.runtime.weights.DType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * What {@code bench cpu} is asked to do.
 *
 * @param models checkpoint folders and GGUF files; a made-up model is measured when there are none
 * @param formats of the made-up model
 * @param rounds interleaved rounds, of which medians are reported
 * @param threads threads of the backend
 * @param milliseconds for which each figure of a round is measured
 * @param peers whether other engines are measured
 */
record BenchArguments(
        List<Path> models,
        List<DType> formats,
        int rounds,
        int threads,
        int milliseconds,
        boolean peers,
        boolean json) {

    private static final List<DType> FORMATS = List.of(DType.BF16, DType.Q8_0, DType.Q4_0);
    private static final List<DType> QUICK_FORMATS = List.of(DType.Q4_0);
    private static final int ROUNDS = 5;
    private static final int QUICK_ROUNDS = 3;
    private static final int MILLISECONDS = 1000;
    private static final int QUICK_MILLISECONDS = 500;

    BenchArguments {
        models = List.copyOf(models);
        formats = List.copyOf(formats);
    }

    static BenchArguments parse(List<String> args) {
        List<Path> models = new ArrayList<>();
        boolean quick = args.contains("--quick");
        boolean peers = args.contains("--peers");
        List<DType> formats = quick ? QUICK_FORMATS : FORMATS;
        int rounds = quick || peers ? QUICK_ROUNDS : ROUNDS;
        int threads = Runtime.getRuntime().availableProcessors();
        int milliseconds = quick ? QUICK_MILLISECONDS : MILLISECONDS;
        boolean json = false;
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            switch (arg) {
                case "--json" -> json = true;
                case "--quick", "--peers" -> {}
                case "--formats" -> formats = formats(rest.hasNext() ? rest.next() : "");
                case "--rounds" -> rounds = count(arg, rest);
                case "--milliseconds" -> milliseconds = count(arg, rest);
                case "--threads" -> threads = count(arg, rest);
                default -> {
                    if (arg.startsWith("-")) {
                        throw new IllegalArgumentException(
                                "unknown option `%s`; see --help".formatted(arg));
                    }
                    models.add(Path.of(arg));
                }
            }
        }
        return new BenchArguments(models, formats, rounds, threads, milliseconds, peers, json);
    }

    private static List<DType> formats(String names) {
        return Arrays.stream(names.split(",", -1)).map(BenchArguments::format).toList();
    }

    private static DType format(String name) {
        return Arrays.stream(DType.values())
                .filter(type ->
                        type.isWeight() && type.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "`--formats` names \"%s\"; give some of f32, f16, bf16, q8_0, q4_0,"
                                                .formatted(name)
                                        + " q4_k, q6_k, with commas between"));
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
