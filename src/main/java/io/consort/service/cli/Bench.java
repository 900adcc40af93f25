package io.consort.service.cli;

import io.consort.router.evaluate.RouterBench;
import io.consort.runtime.bench.RuntimeBench;
import io.consort.runtime.bench.load.EngineBench;
import io.consort.service.bench.GatewayBench;
import java.util.List;

/** {@code consort bench}: measures a part on this machine. */
final class Bench implements Verb {

    private static final List<String> PARTS =
            List.of("cpu", "engine", "gateway", "gpu", "router", "switch", "tiers");

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String summary() {
        return "measures a part on this machine";
    }

    @Override
    public String help() {
        return """
        consort bench cpu|engine|gateway|gpu|router|switch|tiers [--json]

          cpu      decoding speed of local experts, beside the memory's bandwidth
          engine   many streams over several local experts, beside the same requests alone
          gpu      decoding and prefill speed on a CUDA device, beside its memory's bandwidth
          router   time that routing takes
          gateway  requests per second and time added before a remote expert
          switch   loads and waiting of the memory tiers' policies, in simulated time
          tiers    how fast weights come to a CUDA device

        consort bench PART --help says more about a part.
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        String part = arguments.isEmpty() ? "--help" : arguments.getFirst();
        List<String> rest =
                arguments.isEmpty() ? arguments : arguments.subList(1, arguments.size());
        return switch (part) {
            case "--help" -> {
                terminal.out().print(help());
                yield 0;
            }
            case "engine" ->
                    EngineBench.run(rest, Places.starters(), terminal.out(), terminal.err());
            case "cpu", "gpu", "switch", "tiers" ->
                    RuntimeBench.run(arguments, terminal.out(), terminal.err());
            case "router" ->
                    RouterBench.run(rest.toArray(String[]::new), terminal.out(), terminal.err());
            case "gateway" -> GatewayBench.run(rest, terminal.out(), terminal.err());
            default ->
                    throw new UsageException(
                            "there is no part %s; did you mean %s?"
                                    .formatted(part, Spelling.nearest(part, PARTS)));
        };
    }
}
