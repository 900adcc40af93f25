package io.consort.service.cli;

import io.consort.experts.catalog.CatalogFile;
import io.consort.experts.catalog.CatalogFileException;
import io.consort.service.store.DataFolder;
import io.quarkus.runtime.Quarkus;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** {@code consort serve}: answers over HTTP until it is told to stop. */
final class Serve implements Verb {

    private static final int DEFAULT_PORT = 8080;

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "answers over HTTP until it is stopped";
    }

    @Override
    public String help() {
        return """
        consort serve [--port P] [--host H] [--data DIR] [--catalog FILE]

          --port P        the port to listen on, 8080 by default
          --host H        the address to listen on, 127.0.0.1 by default
          --data DIR      keeps keys, decisions and classifiers, ~/.consort by default;
                          the first API key is in DIR/first-key
          --catalog FILE  experts, categories and policies; the starter experts by default

        The environment variable CONSORT_DATA names the data folder as well.
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Arguments given =
                Arguments.parse(
                        arguments, Set.of("--port", "--host", "--data", "--catalog"), Set.of());
        if (!given.words().isEmpty()) {
            throw new UsageException("%s is not an option".formatted(given.words().getFirst()));
        }
        Path catalog = Places.catalog(given.value("--catalog"));
        Path data = Places.data(given.value("--data"));
        String host = given.value("--host").orElse("127.0.0.1");
        int port = given.value("--port").map(Serve::port).orElse(DEFAULT_PORT);
        try {
            CatalogFile.read(catalog, System.getenv());
            requireFree(host, port);
            Optional<Closeable> claim = DataFolder.at(data).claim();
            if (claim.isEmpty()) {
                terminal.err()
                        .printf(
                                "Another service uses the data folder %s; stop it or name another"
                                        + " folder with --data.%n",
                                data);
                return 1;
            }
            try (Closeable _ = claim.get()) {
                configure(host, port, data, catalog);
                return serve(terminal);
            }
        } catch (CatalogFileException problems) {
            terminal.err().println("The catalog cannot be used:");
            problems.problems().forEach(terminal.err()::println);
        } catch (IOException | UncheckedIOException impossible) {
            terminal.err().println(impossible.getMessage());
        }
        return 1;
    }

    private static void configure(String host, int port, Path data, Path catalog) {
        System.setProperty("consort.greet", "true");
        System.setProperty("consort.data", data.toString());
        System.setProperty("consort.catalog", catalog.toString());
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        System.setProperty(
                "quarkus.vertx.event-loops-pool-size",
                Integer.toString(Runtime.getRuntime().availableProcessors()));
    }

    private static int serve(Terminal terminal) {
        AtomicInteger code = new AtomicInteger();
        Quarkus.run(
                null,
                (exit, failure) -> {
                    code.set(failure == null ? exit : 1);
                    if (failure != null) {
                        terminal.err()
                                .println("The service cannot start: " + Causes.deepest(failure));
                    }
                });
        return code.get();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // falls through to the complaint
        }
        throw new UsageException("--port must be a number up to 65535, not %s".formatted(text));
    }

    private static void requireFree(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException taken) {
            throw new IOException(
                    "The port %d of %s cannot be used (%s); stop what listens there or name another with --port."
                            .formatted(port, host, taken.getMessage()),
                    taken);
        }
    }
}
