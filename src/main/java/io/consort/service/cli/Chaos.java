package io.consort.service.cli;

import io.consort.service.chaos.Fuzz;
import io.consort.service.store.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code consort chaos}: does to a service what must not harm it. */
final class Chaos implements Verb {

    private static final List<String> KINDS = List.of("fuzz");

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public String summary() {
        return "does to a service what must not harm it";
    }

    @Override
    public String help() {
        return """
        consort chaos fuzz [--requests N] [--seed S] [--port P] [--data DIR] [--json]

          fuzz           sends malformed requests, each over a connection of its own; fails when
                         one is answered with 500 or above, when one is neither answered nor
                         closed, or when the service keeps a connection open afterwards

          --requests N   how many, 50000 by default
          --seed S       fixes which; the same seed, the same requests
          --port P       a service that runs on this machine; without it one is started
          --data DIR     the data folder of that service, for its first key
          --json         prints the result as JSON
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        String kind = arguments.isEmpty() ? "" : arguments.getFirst();
        if (!kind.equals("fuzz")) {
            throw new UsageException(
                    kind.isEmpty()
                            ? "say what to do: " + String.join(", ", KINDS)
                            : "there is no %s; did you mean %s?"
                                    .formatted(kind, Spelling.nearest(kind, KINDS)));
        }
        Arguments given =
                Arguments.parse(
                        arguments.subList(1, arguments.size()),
                        Set.of("--requests", "--seed", "--port", "--data"),
                        Set.of("--json"));
        if (!given.words().isEmpty()) {
            throw new UsageException("%s is not an option".formatted(given.words().getFirst()));
        }
        try {
            return Fuzz.run(order(given), given.has("--json"), terminal.out(), terminal.err())
                    ? 0
                    : 1;
        } catch (IOException impossible) {
            terminal.err().println("consort: " + impossible.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    private static Fuzz.Order order(Arguments given) {
        Optional<Fuzz.Running> running =
                given.value("--port")
                        .map(port -> {
                            DataFolder data = new DataFolder(Places.data(given.value("--data")));
                            String key =
                                    data.firstKey()
                                            .orElseThrow(() ->
                                                    new UsageException(
                                                            "there is no key in %s; name the service's folder with --data"
                                                                    .formatted(
                                                                            data.firstKeyFile())));
                            return new Fuzz.Running((int) number("--port", port, 65_535), key);
                        });
        return new Fuzz.Order(
                number("--requests", given.value("--requests").orElse("50000"), 100_000_000),
                number("--seed", given.value("--seed").orElse("20261126"), Long.MAX_VALUE),
                running,
                Path.of(System.getProperty("consort.home", ".")).toAbsolutePath().normalize());
    }

    private static long number(String option, String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // falls through to the complaint
        }
        throw new UsageException(
                "%s must be a number from 1 to %d, not %s".formatted(option, most, text));
    }
}
