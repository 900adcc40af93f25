package io.consort.runtime.kit;

import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.bench.RuntimeBench;
import io.consort.runtime.check.CheckModel;
import java.io.PrintStream;
import java.util.List;

/** What a kit's {@code run} calls: the runtime's commands without the service. */
public final class KitMain {

    private KitMain() {}

    /** Exits with 0 only on success. */
    @SuppressWarnings("SystemOut") // This is the kit's command line.
    public static void main(String... arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        String verb = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (verb) {
            case "bench" -> RuntimeBench.run(rest, out, err);
            case "check-model" -> CheckModel.run(rest, out, err);
            case "probe" -> {
                out.println("CUDA is " + Probe.backend().text());
                yield 0;
            }
            default -> {
                err.println(
                        "run: there is no verb \"%s\"; use test, bench, check-model or probe"
                                .formatted(verb));
                yield 2;
            }
        };
    }
}
