package io.consort.service.cli;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** The program's entry: calls the verb that the first argument names. */
@QuarkusMain
public final class Main {

    private static final List<Verb> VERBS =
            List.of(
                    new Serve(),
                    new Ask(),
                    new CheckModelVerb(),
                    new EvalRouterVerb(),
                    new TrainRouter(),
                    new ExplainMap(),
                    new TenantsVerb(),
                    new KeysVerb(),
                    new CatalogVerb(),
                    new Bench(),
                    new Chaos(),
                    new GpuKitVerb());

    Main() {}

    /** Exits with 0 only on success. */
    public static void main(String... arguments) {
        int code = run(List.of(arguments), new Terminal(System.out, System.err));
        System.out.flush();
        System.exit(code);
    }

    /** Runs the verb and returns the exit code: 2 for arguments that make no sense. */
    static int run(List<String> arguments, Terminal terminal) {
        String name = arguments.isEmpty() ? "--help" : arguments.getFirst();
        if (name.equals("--help") || name.equals("help") || name.equals("-h")) {
            terminal.out().print(overview());
            return 0;
        }
        for (Verb verb : VERBS) {
            if (verb.name().equals(name)) {
                return run(verb, arguments.subList(1, arguments.size()), terminal);
            }
        }
        List<String> names = VERBS.stream().map(Verb::name).toList();
        terminal.err()
                .printf(
                        "consort: there is no verb %s; did you mean %s? (consort --help lists all)%n",
                        name, Spelling.nearest(name, names));
        return 2;
    }

    private static int run(Verb verb, List<String> arguments, Terminal terminal) {
        if (arguments.contains("--help") && !verb.name().equals("bench")) {
            terminal.out().print(verb.help());
            return 0;
        }
        if (!(verb instanceof Serve)) {
            CommandLog.open(terminal.err());
        }
        try {
            return verb.run(arguments, terminal);
        } catch (UsageException misuse) {
            terminal.err()
                    .printf(
                            "consort %s: %s%n(consort %s --help says more)%n",
                            verb.name(), misuse.getMessage(), verb.name());
            return 2;
        }
    }

    private static String overview() {
        StringBuilder text =
                new StringBuilder(
                        "consort VERB [ARGUMENTS]: many language models that answer as one\n\n");
        for (Verb verb : VERBS) {
            text.append("  %-13s %s\n".formatted(verb.name(), verb.summary()));
        }
        return text.append("\nconsort VERB --help says more about a verb.\n").toString();
    }
}
