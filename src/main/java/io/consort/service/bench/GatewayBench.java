package io.consort.service.bench;

import io.consort.service.bench.load.EventLoop;
import io.consort.service.bench.load.StubServer;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code bench gateway}: what the gateway costs, beside nginx and beside no gateway at all. */
public final class GatewayBench {

    private GatewayBench() {}

    /**
     * Measures and reports.
     *
     * @param arguments what follows {@code bench gateway}
     * @param out the table or the JSON
     * @param err progress and errors
     * @return the process's exit code: 0 when everything was measured and no request failed
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        GatewayOptions options;
        try {
            options = GatewayOptions.parse(arguments);
        } catch (IllegalArgumentException wrong) {
            err.println("consort: " + wrong.getMessage());
            return 2;
        }
        if (options.help()) {
            out.print(GatewayOptions.USAGE);
            return 0;
        }
        try {
            Results results = measure(options, err);
            out.print(options.json() ? results.json() + "\n" : results.table());
            return 0;
        } catch (BenchException | UncheckedIOException failure) {
            err.println("consort: " + failure.getMessage());
            return 1;
        }
    }

    private static Results measure(GatewayOptions options, PrintStream err) {
        Cores cores = Cores.claim();
        try (EventLoop loop = new EventLoop();
                Workplace workplace = Workplace.open()) {
            StubServer stub = new StubServer(loop);
            List<String> notes = new ArrayList<>(List.of(cores.note()));
            List<Target> targets = new ArrayList<>(List.of(Target.direct(stub.port())));
            Optional<Target> nginx = NginxServer.start(workplace, cores, stub.port());
            nginx.ifPresentOrElse(targets::add, () -> notes.add("nginx not installed"));
            err.println("consort: starting a gateway");
            Target gateway = GatewayServer.start(workplace, cores, stub.port());
            targets.add(gateway);
            Results results = new Results(options, notes);
            Rounds rounds =
                    new Rounds(options, new Phases(loop, stub, options.seconds()), results, err);
            rounds.warmUp(targets, gateway);
            rounds.run(targets, gateway);
            return results;
        }
    }
}
