package io.consort.runtime.bench;

import java.io.PrintStream;
import java.util.List;

/** The parts of {@code bench} that belong to the runtime. */
public final class RuntimeBench {

    /** Their names. */
    public static final List<String> PARTS = List.of("cpu", "gpu", "switch", "tiers");

    private RuntimeBench() {}

    /**
     * Runs the part that the first argument names.
     *
     * @return the exit code: 0 when everything was measured
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        String part = args.isEmpty() ? "" : args.getFirst();
        List<String> rest = args.isEmpty() ? args : args.subList(1, args.size());
        return switch (part) {
            case "cpu" -> CpuBench.run(rest, out, err);
            case "gpu" -> GpuBench.run(rest, out, err);
            case "switch" -> SwitchBench.run(rest, out, err);
            case "tiers" -> TierBench.run(rest, out, err);
            case "--help", "-h" -> {
                out.println("usage: bench PART [--help]; parts: " + String.join(", ", PARTS));
                yield 0;
            }
            default -> {
                err.println(
                        "bench: there is no part \"%s\"; use one of %s"
                                .formatted(part, String.join(", ", PARTS)));
                yield 2;
            }
        };
    }
}
