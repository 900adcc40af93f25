package io.consort.runtime.bench.load;

import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The command {@code bench engine}: many streams over several models, and prompts that begin alike. */
public final class EngineBench {

    private static final String USAGE =
            """
            usage: consort bench engine [--models DIR,DIR] [--streams N] [--seconds N] [--threads N] [--json]

            Keeps streams busy on local models and reports tokens per second, the gaps between the
            tokens of an answer, the process's memory, and whether each answer is the one that the
            model gives to the same request alone (temperature 0). Then the time to the first token
            of a second prompt that begins as the first one, on a made-up model of 110 million weights.

              --models DIR,DIR  checkpoints with a tokenizer (default: the starter experts abacus, atlas)
              --streams N  answers under way at any time (default: 64)
              --seconds N  time for which they are (default: 60), after 10 s of warm-up
              --threads N  threads (default: all processors)
              --json       print one JSON object instead of text
              --help       print this and exit

            The exit code is 0 when all answers are equal, 1 when not, 2 when nothing was measured.
            """;

    /** Seconds of load until the code is compiled. */
    private static final int WARM_UP = 10;

    private EngineBench() {}

    /**
     * Runs the command.
     *
     * @param args what follows the command's name
     * @param shipped models to use when none are named
     * @param out receives the figures
     * @param err receives progress and what went wrong
     * @return the exit code
     */
    public static int run(List<String> args, List<Path> shipped, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            EngineBenchArguments arguments = EngineBenchArguments.parse(args, shipped);
            LoadResult load = LoadRun.of(arguments, WARM_UP, err);
            err.println("asking twice about the same text");
            PrefixResult prefix = PrefixRun.of(arguments.threads());
            EngineBenchReport report = new EngineBenchReport(arguments, load, prefix);
            out.print(arguments.json() ? report.json() : report.text());
            return report.equal() ? 0 : 1;
        } catch (CheckpointException | IllegalArgumentException e) {
            err.println("bench engine: " + e.getMessage());
        } catch (IOException e) {
            err.println("bench engine: no room for a made-up model: " + e.getMessage());
        }
        return 2;
    }
}
