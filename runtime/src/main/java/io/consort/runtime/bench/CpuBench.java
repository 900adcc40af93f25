package io.consort.runtime.bench;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.DType;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code bench cpu}: decoding and prefill speed beside the read limit and other engines. */
public final class CpuBench {

    private static final String USAGE =
            """
            usage: consort bench cpu [MODEL...] [--formats F,...] [--peers] [--quick] [--rounds N]
                                     [--threads N] [--milliseconds N] [--json]

            Measures models on the CPU backend: tokens per second of one sequence and of 8 together
            at a context of 128, and of a prompt of 512, and the share that decoding reaches of the
            speed at which the same weights can be read. Rounds of all measurements take turns;
            medians are printed.

              MODEL        checkpoint folders or GGUF files (default: a model of the shape of Llama
                           3.2 1B with random weights, which takes 5 GB in the temporary folder)
              --formats F,...  formats of that model (default: bf16,q8_0,q4_0)
              --peers      measures llama.cpp and Jlama as well, where they run; about ten minutes
              --quick      shorter rounds, and q4_0 only unless --formats says otherwise
              --rounds N   rounds (default: 5; 3 with --peers and with --quick)
              --threads N  threads (default: all processors)
              --milliseconds N  time for each figure of a round (default: 1000)
              --json       print one JSON object instead of text
              --help       print this and exit
            """;

    private final BenchArguments arguments;
    private final Peers peers;
    private final PrintStream err;
    private final long begin = System.nanoTime();

    private CpuBench(BenchArguments arguments, PrintStream err) {
        this.arguments = arguments;
        this.peers = arguments.peers() ? Peers.installed(arguments) : Peers.NONE;
        this.err = err;
    }

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
            BenchReport report = new CpuBench(arguments, err).report();
            out.print(arguments.json() ? report.json() : report.text());
            return 0;
        } catch (CheckpointException | IllegalArgumentException e) {
            err.println("bench cpu: " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            err.println(
                    "bench cpu: the made-up model cannot be written to %s: %s"
                            .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()));
        }
        return 2;
    }

    private BenchReport report() throws IOException {
        List<BenchResult> results = arguments.models().isEmpty() ? madeUp() : given();
        return new BenchReport(arguments, results, peers.notes());
    }

    private List<BenchResult> given() {
        List<ModelBench> models = new ArrayList<>();
        try (CpuBackend backend = new CpuBackend(arguments.threads(), Long.MAX_VALUE)) {
            for (Path path : arguments.models()) {
                models.add(open(path, backend));
            }
            return measure(models);
        } finally {
            models.forEach(ModelBench::close);
        }
    }

    private List<BenchResult> madeUp() throws IOException {
        List<ModelBench> models = new ArrayList<>();
        try (ScratchFolder folder = new ScratchFolder("consort-bench");
                CpuBackend backend = new CpuBackend(arguments.threads(), Long.MAX_VALUE)) {
            try {
                for (DType format : arguments.formats()) {
                    progress("making a model up in " + format);
                    models.add(open(MadeUpModel.ONE_BILLION.write(folder.path(), format), backend));
                }
                return measure(models);
            } finally {
                models.forEach(ModelBench::close);
            }
        }
    }

    private ModelBench open(Path path, CpuBackend backend) {
        return new ModelBench(path, backend, arguments, peers.open(path, this::progress));
    }

    private List<BenchResult> measure(List<ModelBench> models) {
        models.forEach(model -> model.warmUp(this::progress));
        for (int round = 1; round <= arguments.rounds(); round++) {
            for (ModelBench model : models) {
                model.round("round %d of %d".formatted(round, arguments.rounds()), this::progress);
            }
        }
        return models.stream().map(ModelBench::result).toList();
    }

    private void progress(String step) {
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        err.println("%4d s  %s".formatted(seconds, step));
    }
}
