package io.consort.service.chaos;

import io.consort.service.ScriptedService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A service in a process of its own, with experts of {@link OwnExperts}. */
final class OwnService implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;
    private final OwnExperts experts;
    private final ScriptedService service;

    private OwnService(Path folder, OwnExperts experts, ScriptedService service) {
        this.folder = folder;
        this.experts = experts;
        this.service = service;
    }

    /**
     * Starts it by the script {@code consort} of this folder; blocks until it answers.
     *
     * @throws IOException with the service's log when it does not start
     */
    static OwnService start(Path home) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("consort-chaos");
        OwnExperts experts = OwnExperts.start();
        try {
            Path catalog = Files.writeString(folder.resolve("catalog.yaml"), experts.catalog());
            ScriptedService service =
                    ScriptedService.start(
                            new ScriptedService.Plan(
                                    home.resolve("consort"),
                                    folder.resolve("data"),
                                    catalog,
                                    folder.resolve("log"),
                                    Map.of("CONSORT_EXPERTS_ALLOWED_NETWORKS", "127.0.0.0/8")),
                            PATIENCE);
            return new OwnService(folder, experts, service);
        } catch (IOException | InterruptedException failure) {
            experts.close();
            delete(folder);
            throw failure;
        }
    }

    InetSocketAddress address() {
        return service.address();
    }

    /** The process that serves. */
    long pid() {
        return service.pid();
    }

    /** What a catalog with its experts says. */
    String catalog() {
        return experts.catalog();
    }

    /** The key that it made at its start. */
    String key() throws IOException {
        return Files.readString(folder.resolve("data/first-key")).strip();
    }

    @Override
    public void close() throws IOException {
        service.close();
        experts.close();
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
