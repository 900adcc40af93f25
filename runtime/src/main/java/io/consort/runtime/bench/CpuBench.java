package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The command {@code bench cpu}: decoding and prefill speed beside the read limit. */
public final class CpuBench {

    private static final String USAGE =
            """
            usage: consort bench cpu [DIR...] [--rounds N] [--threads N] [--milliseconds N] [--json]

            Measures models on the CPU backend: tokens per second of one sequence, of 8 together and
            of a prompt of 256, and the share that decoding reaches of the speed at which the same
            weights can be read. Rounds of all measurements take turns; medians are printed.

              DIR          checkpoint folders (default: made-up models of 2 and 110 million weights)
              --rounds N   rounds (default: 5)
              --threads N  threads (default: all processors)
              --milliseconds N  time for each figure of a round (default: 400)
              --json       print one JSON object instead of text
              --help       print this and exit
            """;

    private static final List<SyntheticCheckpoint> MADE_UP =
            List.of(
                    new SyntheticCheckpoint("made-up-2m", 2048, 192, 512, 4, 4),
                    new SyntheticCheckpoint("made-up-110m", 16384, 768, 2048, 14, 12));

    private CpuBench() {}

    /**
     * Runs the command.
     *
     * @param args what follows the command's name
     * @param out receives the figures
     * @param err receives progress and what went wrong
     * @return the exit code: 0 when everything was measured
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            BenchArguments arguments = BenchArguments.parse(args);
            List<BenchResult> results = measure(arguments, err);
            out.print(arguments.json() ? json(arguments, results) : text(arguments, results));
            return 0;
        } catch (CheckpointException | IllegalArgumentException e) {
            err.println("bench cpu: " + e.getMessage());
        } catch (IOException e) {
            err.println("bench cpu: no room for made-up models: " + e.getMessage());
        }
        return 2;
    }

    private static List<BenchResult> measure(BenchArguments arguments, PrintStream err)
            throws IOException {
        if (!arguments.folders().isEmpty()) {
            return measure(arguments.folders(), arguments, err);
        }
        Path parent = Files.createTempDirectory("consort-bench");
        try {
            err.println("making models up");
            return measure(
                    MADE_UP.stream().map(model -> model.write(parent)).toList(), arguments, err);
        } finally {
            delete(parent);
        }
    }

    private static List<BenchResult> measure(
            List<Path> folders, BenchArguments arguments, PrintStream err) {
        List<ModelBench> models = new ArrayList<>();
        try (CpuBackend backend = new CpuBackend(arguments.threads(), Long.MAX_VALUE)) {
            for (Path folder : folders) {
                models.add(new ModelBench(folder, backend, arguments));
            }
            err.println("warming up");
            models.forEach(ModelBench::warmUp);
            for (int round = 1; round <= arguments.rounds(); round++) {
                err.println("round %d of %d".formatted(round, arguments.rounds()));
                models.forEach(ModelBench::round);
            }
            return models.stream().map(ModelBench::result).toList();
        } finally {
            models.forEach(ModelBench::close);
        }
    }

    private static String text(BenchArguments arguments, List<BenchResult> results) {
        StringBuilder text = new StringBuilder();
        for (BenchResult result : results) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%s: %.1f MB of weights a step, %d threads%n"
                                    + "  read limit        %8.1f GB/s%n"
                                    + "  decode, 1         %8.0f tokens/s, %.0f %% of the read limit%n"
                                    + "  decode, %d         %8.0f tokens/s%n"
                                    + "  prefill, %d      %8.0f tokens/s%n",
                            result.model(),
                            result.weightBytes() / 1e6,
                            arguments.threads(),
                            result.readGigabytes(),
                            result.decodeTokens(),
                            100 * result.decodeShare(),
                            BenchResult.BATCH,
                            result.batchTokens(),
                            BenchResult.PROMPT,
                            result.prefillTokens()));
        }
        return text.toString();
    }

    private static String json(BenchArguments arguments, List<BenchResult> results) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("threads", arguments.threads());
        root.put("rounds", arguments.rounds());
        var models = root.putArray("models");
        for (BenchResult result : results) {
            models.addObject()
                    .put("model", result.model())
                    .put("weight_bytes", result.weightBytes())
                    .put("read_gb_per_s", result.readGigabytes())
                    .put("decode_tokens_per_s", result.decodeTokens())
                    .put("decode_share_of_read_limit", result.decodeShare())
                    .put("batch", BenchResult.BATCH)
                    .put("batch_tokens_per_s", result.batchTokens())
                    .put("prompt", BenchResult.PROMPT)
                    .put("prefill_tokens_per_s", result.prefillTokens());
        }
        return root + System.lineSeparator();
    }

    private static void delete(Path parent) throws IOException {
        try (Stream<Path> paths = Files.walk(parent)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
